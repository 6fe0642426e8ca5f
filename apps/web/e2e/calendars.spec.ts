import type { Page } from "@playwright/test";
import { newBookableHost, openingsOf } from "./fixtures/bookings";
import { calendarEntry } from "./fixtures/calendars";
import { newMember } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";

test("a host's calendar follows bookings under an address, until that is reset", async ({ page, signedIn }) => {
  const [host, caller] = [await newBookableHost("Robin Vale"), await newMember("Ola Berg")];
  const [start = ""] = await openingsOf(host);
  await rest("POST /v1/schedule/bookings", {
    token: caller.token,
    json: { host_username: host.username, start, duration_minutes: 30 },
  });
  await signedIn(host);
  await page.goto("/settings/calendars");
  const former = await hosted(page).inputValue();
  const file = await page.request.get(former);
  expect(file.headers()["content-type"]).toContain("text/calendar");
  const entry = calendarEntry(await file.text());
  expect([entry.method, Date.parse(entry.start)]).toEqual(["PUBLISH", Date.parse(start)]);

  await page.getByRole("button", { name: "Reset the address: Conversations you host" }).click();
  const question = page.getByRole("alertdialog", { name: "Make a new address?" });
  await question.getByRole("button", { name: "Keep it" }).click();
  await expect(hosted(page)).toHaveValue(former);
  await page.getByRole("button", { name: "Reset the address: Conversations you host" }).click();
  await question.getByRole("button", { name: "Make a new address" }).click();
  await expect(page.getByText("New address made.")).toBeVisible();
  await expect(hosted(page)).not.toHaveValue(former);
  expect((await page.request.get(former)).status()).toBe(404);
  expect((await page.request.get(await hosted(page).inputValue())).status()).toBe(200);
});

test("who is no host has one address, and copies it", async ({ page, context, signedIn }) => {
  const member = await newMember();
  await signedIn(member);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/settings/calendars");
  await expect(hosted(page)).toHaveCount(0);
  const { caller } = await rest<{ caller: string }>("GET /v1/users/me/calendar-feeds", { token: member.token });
  await expect(page.getByRole("textbox", { name: "Conversations you booked" })).toHaveValue(caller);
  await page.getByRole("button", { name: "Copy address" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(caller);
});

test("what is wrong with a calendar's address is said beside it, and what was typed stays", async ({
  page,
  signedIn,
}) => {
  await signedIn(await newMember());
  await page.goto("/settings/calendars");
  const add = page.getByRole("button", { name: "Add calendar" });
  await add.click();
  await expect(page.getByText("Name must not be empty.")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Work");
  const address = page.getByLabel("Address", { exact: true });
  for (const [typed, message] of [
    ["calendar.ics", "Address must be an http or https address."],
    ["webcal://ann:secret@calendar.test/a.ics", "Address must not hold a user name or password."],
    ["http://127.0.0.1/a.ics", "Address must lead to a public address of the internet."],
    ["https://169.254.169.254/latest", "Address must lead to a public address of the internet."],
  ] as const) {
    await address.fill(typed);
    await add.click();
    await expect(page.getByText(message)).toBeVisible();
    await expect(address).toHaveValue(typed);
    await expect(address).toBeFocused();
  }
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Work");
});

function hosted(page: Page) {
  return page.getByRole("textbox", { name: "Conversations you host" });
}
