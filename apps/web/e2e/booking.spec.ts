import type { Request } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { iso, newBookableHost, openingAt, openingsOf, showDay } from "./fixtures/bookings";
import { calendarEntry } from "./fixtures/calendars";
import { newestMail } from "./fixtures/mails";
import { newAddress, newMember } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";

test("a visitor in Sydney books a host in New York across a clock change: one instant everywhere", async ({
  openBrowser,
}) => {
  const host = await newBookableHost("Ada Stone", { timezone: "America/New_York", windowDays: 365 });
  const visitor = await newMember("Noor Khan");
  const change = Temporal.Now.zonedDateTimeISO("America/New_York").getTimeZoneTransition("next");
  if (change === null) throw new Error("New York's clocks change no more");
  const inNewYork = change
    .toPlainDate()
    .add({ days: 2 })
    .toZonedDateTime({ timeZone: "America/New_York", plainTime: "10:00" });
  const inSydney = inNewYork.withTimeZone("Australia/Sydney");
  const start = iso(inNewYork.toInstant().toString());

  const sydney = await (await openBrowser({ timezoneId: "Australia/Sydney" }, visitor)).newPage();
  await sydney.goto(`/${host.username}`);
  await sydney.getByRole("link", { name: "Book a time" }).click();
  await showDay(sydney, start);
  await openingAt(sydney, start).click();
  await expect(sydney.getByRole("heading", { name: "Is this right?" })).toBeVisible();
  await sydney.getByLabel("A word to your host").fill("Sourdough,\nfrom the start.");
  await sydney.getByRole("button", { name: "Confirm booking" }).click();
  await expect(sydney.getByText("It is settled.")).toBeVisible();
  const address = new URL(sydney.url()).pathname;

  const newYork = await (await openBrowser({ timezoneId: "America/New_York" }, host)).newPage();
  await newYork.goto(address);
  for (const [page, time] of [
    [sydney, inSydney],
    [newYork, inNewYork],
  ] as const) {
    const main = page.getByRole("main");
    await expect(main.locator(`time[datetime="${start}"]`)).toContainText(String(time.day));
    await expect(main.getByText(clock(time)).first()).toBeVisible();
    await expect(main.getByText(`Times in ${zone(time)}`)).toBeVisible();
  }
  await expect(newYork.getByText("Sourdough,")).toBeVisible();

  for (const [person, time] of [
    [visitor, inSydney],
    [host, inNewYork],
  ] as const) {
    const mail = await newestMail(person.email, /is confirmed/);
    expect(mail.text).toMatch(clock(time));
    expect(mail.text).toContain(time.timeZoneId);
    expect(new URL(mail.link).pathname).toBe(address);
    expect(calendarEntry(mail.calendar ?? "")).toMatchObject({
      method: "REQUEST",
      start,
      sequence: 0,
      status: "CONFIRMED",
    });
  }
  const downloading = sydney.waitForEvent("download");
  await sydney.getByRole("link", { name: ".ics file" }).click();
  const file = await (await downloading).createReadStream();
  const entry = calendarEntry(Buffer.concat(await file.toArray()).toString("utf8"));
  expect(entry).toMatchObject({ start, end: iso(inNewYork.add({ minutes: 30 }).toInstant().toString()) });
});

test("of two who want the same time one gets it, and the other sees at once what is left", async ({ openBrowser }) => {
  const host = await newBookableHost("Ada Stone");
  const [first = "", second = ""] = await openingsOf(host);
  const pages = [];
  for (const name of ["Noor Khan", "Luis Ortega"]) {
    const page = await (await openBrowser({}, await newMember(name))).newPage();
    await page.goto(`/${host.username}/book`);
    await showDay(page, first);
    await expect(openingAt(page, first)).toBeVisible();
    pages.push(page);
  }
  const [quick, slow] = pages;
  if (quick === undefined || slow === undefined) throw new Error("Two pages were opened");
  await openingAt(quick, first).click();
  await expect(quick.getByRole("heading", { name: "Is this right?" })).toBeVisible();

  await openingAt(slow, first).click();
  await expect(slow.getByText("That time is no longer open.")).toBeVisible();
  await expect(openingAt(slow, first)).toHaveCount(0);
  await openingAt(slow, second).click();

  for (const page of [quick, slow]) {
    await page.getByRole("button", { name: "Confirm booking" }).click();
    await expect(page.getByText("It is settled.")).toBeVisible();
  }
});

test("a booking that comes too late keeps nobody waiting: the times are fresh, and another can be had", async ({
  page,
  signedIn,
}) => {
  const host = await newBookableHost("Ada Stone");
  const [first = "", second = ""] = await openingsOf(host);
  await signedIn(await newMember("Noor Khan"));
  await page.goto(`/${host.username}/book?minutes=30&start=${encodeURIComponent(first)}`);
  await expect(page.getByText(/Kept for you for/)).toBeVisible();
  // The host closes the day while the visitor writes.
  const date = first.slice(0, 10);
  await rest(`PUT /v1/users/me/schedule/overrides/${date}`, { token: host.token, json: { slots: [] } });
  await page.getByLabel("A word to your host").fill("Hello");
  await page.getByRole("button", { name: "Confirm booking" }).click();
  await expect(page.getByText("That time is no longer open.")).toBeVisible();
  await expect(openingAt(page, first)).toHaveCount(0);
  await expect(openingAt(page, second)).toHaveCount(0);
  await expect(page.locator(`[data-date="${date}"]`)).toHaveAttribute("aria-disabled", "true");
});

test("signing in on the way leads back to the very time, which is kept meanwhile", async ({ page }) => {
  const host = await newBookableHost("Ada Stone");
  const visitor = await newMember("Noor Khan");
  const [first = ""] = await openingsOf(host);
  await page.goto(`/${host.username}/book`);
  await page.getByText("30 min", { exact: true }).click();
  await showDay(page, first);
  await openingAt(page, first).click();
  await expect(page.getByText(/Kept for you for/)).toBeVisible();
  expect(await openingsOf(host)).not.toContain(first);

  await page.getByRole("link", { name: "Sign in to book" }).click();
  await page.getByLabel("E-mail address").fill(visitor.email);
  await page.getByLabel("Password", { exact: true }).fill(visitor.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Is this right?" })).toBeVisible();
  await expect(page.locator(`time[datetime="${iso(first)}"]`)).toBeVisible();
  await expect(page.getByText(/Kept for you for/)).toBeVisible();
  await page.getByRole("button", { name: "Confirm booking" }).click();
  await expect(page.getByText("It is settled.")).toBeVisible();
});

test("someone new makes an account on the way, proves the address elsewhere, and books", async ({
  page,
  openBrowser,
}) => {
  const host = await newBookableHost("Ada Stone");
  const email = newAddress();
  const [first = ""] = await openingsOf(host);
  await page.goto(`/${host.username}/book?minutes=30&start=${encodeURIComponent(first)}`);
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Noor Khan");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Open the link in the mail that we sent you")).toBeVisible();

  const { link } = await newestMail(email, /confirm/i);
  const phone = await (await openBrowser()).newPage();
  await phone.goto(link);
  await phone.getByRole("button", { name: "Confirm address" }).click();
  await expect(phone.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();

  await page.getByRole("button", { name: "Confirm booking" }).click();
  await expect(page.getByText("It is settled.")).toBeVisible();
});

test("another zone changes what is shown, and never what is booked", async ({ page, signedIn }) => {
  const host = await newBookableHost("Ada Stone");
  const [first = ""] = await openingsOf(host);
  await signedIn(await newMember("Noor Khan"));
  await page.goto(`/${host.username}/book`);
  await showDay(page, first);
  await page.getByRole("button", { name: "Change zone" }).click();
  await page.getByRole("combobox", { name: "Show times in" }).fill("Tokyo");
  await page.getByRole("option", { name: "Asia / Tokyo" }).click();
  await expect(page.getByText("Times in Asia / Tokyo, GMT+9")).toBeVisible();
  const inTokyo = Temporal.Instant.from(first).toZonedDateTimeISO("Asia/Tokyo");
  await expect(openingAt(page, first)).toHaveText(clock(inTokyo));
  await openingAt(page, first).click();
  await page.getByRole("button", { name: "Confirm booking" }).click();
  await expect(page.locator(`main time[datetime="${iso(first)}"]`)).toBeVisible();
});

test("the calendar is gone about in by keys alone", async ({ page }) => {
  const host = await newBookableHost("Ada Stone", { windowDays: 90 });
  await page.goto(`/${host.username}/book`);
  await expect(page.getByRole("heading", { level: 4 }).first()).toBeVisible();
  const chosen = page.getByRole("grid").locator("[aria-pressed=true]");
  await chosen.focus();
  await page.keyboard.press("PageDown");
  await page.keyboard.press("Home");
  const focused = page.locator("[data-date]:focus");
  const date = (await focused.getAttribute("data-date")) ?? "";
  expect(date > ((await chosen.first().getAttribute("data-date")) ?? "")).toBe(true);
  await expect(focused).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Enter");
  await expect(page.locator(`[data-date="${date}"]`)).toHaveAttribute("aria-pressed", "true");
});

test("a month without openings says when the next one is, and leads there", async ({ page }) => {
  const host = await newBookableHost("Ada Stone");
  const today = Temporal.Now.plainDateISO("UTC");
  const last = today.with({ day: today.daysInMonth });
  await rest("PUT /v1/users/me/schedule/overrides", {
    token: host.token,
    json: { from: today.toString(), to: last.toString(), slots: [] },
  });
  await page.goto(`/${host.username}/book`);
  await expect(page.getByText("Ada Stone has no openings this month")).toBeVisible();
  await page.getByRole("button", { name: /^Show / }).click();
  await expect(page.locator(`[data-date="${last.add({ days: 1 })}"]`)).toHaveAttribute("aria-pressed", "true");
  await expect(openingAt(page, `${last.add({ days: 1 })}T09:00:00Z`)).toBeVisible();
});

test("without a connection it says so, and goes on when there is one", async ({ page }) => {
  const host = await newBookableHost("Ada Stone");
  await page.route(/schedule\.openings/, (route) => route.abort());
  await page.goto(`/${host.username}/book`);
  await expect(page.getByText(/You seem to be offline/)).toBeVisible();
  await page.unroute(/schedule\.openings/);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 4 }).first()).toBeVisible();
});

test("hosts find on their own booking page what is theirs to do", async ({ page, signedIn }) => {
  const host = await newBookableHost("Ada Stone");
  await signedIn(host);
  await page.goto(`/${host.username}/book`);
  await expect(page.getByText("You cannot book yourself.")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "See your calendar" }).click();
  await expect(page).toHaveURL(/\/dashboard\/calendar$/);
});

test("the way from a host's page to a booking is light", async ({ page }) => {
  const host = await newBookableHost("Ada Stone");
  const scripts: Request[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script") scripts.push(request);
  });
  await page.goto(`/${host.username}/book`);
  await expect(page.getByRole("heading", { level: 4 }).first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  let bytes = 0;
  for (const script of scripts) bytes += (await script.sizes()).responseBodySize;
  expect(bytes).toBeGreaterThan(0);
  expect(bytes / 1_000, "kB of scripts, compressed").toBeLessThan(230);
});

/** "1:00" or "01:00", as languages and runtimes differ. */
function clock({ hour, minute }: Temporal.ZonedDateTime): RegExp {
  return new RegExp(`(?<!\\d)0?${hour}:${String(minute).padStart(2, "0")}`);
}

/** "Australia / Sydney, GMT+11". */
function zone({ timeZoneId, offset }: Temporal.ZonedDateTime): string {
  const [sign, hours] = [offset.slice(0, 1), Number(offset.slice(1, 3))];
  return `${timeZoneId.replaceAll("_", " ").replaceAll("/", " / ")}, GMT${sign}${hours}`;
}
