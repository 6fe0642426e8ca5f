import { iso, newBookableHost, openingAt, openingsOf, showDay } from "./fixtures/bookings";
import { calendarEntry } from "./fixtures/calendars";
import { newestMail } from "./fixtures/mails";
import { type Host, type Member, newMember } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";

test("a host who wants to consent accepts one request and declines another, with a reason", async ({
  openBrowser,
  page,
  signedIn,
}) => {
  const host = await newBookableHost("Ada Stone", { requiresConsent: true });
  const visitor = await newMember("Noor Khan");
  const [first = "", second = ""] = await openingsOf(host);
  await signedIn(visitor);
  await page.goto(`/${host.username}/book?minutes=30&start=${encodeURIComponent(first)}`);
  await page.getByRole("button", { name: "Ask for this time" }).click();
  await expect(page.getByText("Ada Stone has your request.")).toBeVisible();
  await book(host, visitor, second);
  expect((await newestMail(host.email, /asks for a conversation/)).text).toContain("Noor Khan");

  const calendar = await (await openBrowser({}, host)).newPage();
  await calendar.goto("/dashboard/calendar");
  await expect(calendar.getByRole("heading", { name: "2 wait for your answer" })).toBeVisible();
  await calendar.getByRole("button", { name: "Accept Noor Khan" }).first().click();
  await expect(calendar.getByRole("heading", { name: "Somebody waits for your answer" })).toBeVisible();
  await calendar.getByRole("button", { name: "Decline Noor Khan" }).click();
  await calendar.getByLabel("Why?").fill("I am away that afternoon.");
  await calendar.getByRole("alertdialog").getByRole("button", { name: "Decline" }).click();
  await expect(calendar.getByRole("heading", { name: /your answer/ })).toHaveCount(0);

  await page.reload();
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
  expect((await newestMail(visitor.email, /is confirmed/)).calendar).not.toBeNull();
  expect((await newestMail(visitor.email, /declined/)).text).toContain("I am away that afternoon.");
  await page.goto("/bookings?when=past");
  await page.getByRole("main").getByRole("link", { name: "Ada Stone" }).click();
  await expect(page.getByText("Ada Stone declined it.")).toBeVisible();
  await expect(page.getByText("“I am away that afternoon.”")).toBeVisible();
});

test("a caller cancels with a reason: the host is told, calendars drop it, and the time is open again", async ({
  openBrowser,
  page,
  signedIn,
}) => {
  const host = await newBookableHost("Ada Stone");
  const visitor = await newMember("Noor Khan");
  const [first = ""] = await openingsOf(host);
  await book(host, visitor, first);
  const { link } = await newestMail(visitor.email, /is confirmed/);
  await signedIn(visitor);
  // From the mail, as people come.
  await page.goto(link);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByLabel("Why?").fill("A cold.");
  await page.getByRole("button", { name: "Cancel it" }).click();
  await expect(page.getByText("You cancelled it.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel" })).toHaveCount(0);

  const mail = await newestMail(host.email, /cancelled/);
  expect(mail.text).toContain("A cold.");
  expect(calendarEntry(mail.calendar ?? "")).toMatchObject({
    method: "CANCEL",
    status: "CANCELLED",
    start: iso(first),
  });
  expect(await openingsOf(host)).toContain(first);
  const other = await (await openBrowser({}, host)).newPage();
  await other.goto(new URL(link).pathname);
  await expect(other.getByText("Noor Khan cancelled it.")).toBeVisible();
});

test("a booking is moved to another opening, and every calendar follows", async ({ page, signedIn }) => {
  const host = await newBookableHost("Ada Stone");
  const visitor = await newMember("Noor Khan");
  const [first = "", ...others] = await openingsOf(host);
  const later = others.find((start) => start.slice(0, 10) > first.slice(0, 10)) ?? "";
  await book(host, visitor, first);
  const before = calendarEntry((await newestMail(visitor.email, /is confirmed/)).calendar ?? "");
  await signedIn(visitor);
  await page.goto("/bookings");
  await page.getByRole("main").getByRole("link", { name: "Ada Stone" }).click();
  await page.getByRole("link", { name: "Move to another time" }).click();
  await showDay(page, later);
  await openingAt(page, later).click();
  await page.getByRole("button", { name: "Move it" }).click();
  await expect(page.getByText("It is moved.")).toBeVisible();
  await expect(page.locator(`main time[datetime="${iso(later)}"]`)).toBeVisible();

  for (const { email } of [visitor, host]) {
    const moved = calendarEntry((await newestMail(email, /was moved/)).calendar ?? "");
    expect(moved).toMatchObject({ method: "REQUEST", uid: before.uid, start: iso(later) });
    expect(moved.sequence).toBeGreaterThan(before.sequence);
  }
  const open = await openingsOf(host);
  expect(open).toContain(first);
  expect(open).not.toContain(later);
});

test("the host's month shows what is booked, in the zone of whoever looks", async ({ openBrowser }) => {
  const host = await newBookableHost("Ada Stone");
  const visitor = await newMember("Noor Khan");
  // Nine in the morning in UTC is the same date in Auckland; three in the afternoon is the next one.
  const start = (await openingsOf(host)).find((opening) => opening.includes("T15:00")) ?? "";
  await book(host, visitor, start);
  const auckland = await (await openBrowser({ timezoneId: "Pacific/Auckland" }, host)).newPage();
  await auckland.goto("/dashboard/calendar");
  const date = await auckland.evaluate(
    (at) => new Intl.DateTimeFormat("en-CA", { dateStyle: "short" }).format(at),
    Date.parse(start),
  );
  expect(date).not.toBe(start.slice(0, 10));
  const day = auckland.locator(`[data-date="${date}"]`);
  await expect(auckland.getByRole("table")).toBeVisible();
  if (!(await day.isVisible())) await auckland.getByRole("button", { name: "Next month" }).click();
  await expect(day).toHaveAccessibleName(/1 conversation$/);
  await day.click();
  await auckland
    .getByRole("main")
    .getByRole("link", { name: /Noor Khan/ })
    .click();
  await expect(auckland.getByRole("heading", { name: "Conversation with Noor Khan" })).toBeVisible();
});

test("a booking is nobody else's to see, nor its calendar file", async ({ page, signedIn }) => {
  const host = await newBookableHost("Ada Stone");
  const [first = ""] = await openingsOf(host);
  const visitor = await newMember("Noor Khan");
  await book(host, visitor, first);
  const { pathname } = new URL((await newestMail(visitor.email, /is confirmed/)).link);
  await signedIn(await newMember("Luis Ortega"));
  await page.goto(pathname);
  await expect(page.getByRole("heading", { name: "There is nobody at this address." })).toBeVisible();
  expect((await page.request.get(`${pathname}/calendar.ics`)).status()).toBe(404);
});

/** The quick way to a booking. */
async function book({ username }: Host, { token }: Member, start: string): Promise<void> {
  await rest("POST /v1/schedule/bookings", {
    token,
    json: { host_username: username, start, duration_minutes: 30 },
  });
}
