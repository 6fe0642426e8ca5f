import type { Locator, Page } from "@playwright/test";
import { newHost } from "./fixtures/people";
import { expect, test } from "./fixtures/test";
import { bar, drag, openWeekEditor, saveWeek, spot } from "./fixtures/week-editor";

// A new host has nine to five, Monday to Friday, in UTC. None of the visitors' zones has a summer time.

test("a visitor finds a host by searching, and reads the weekly hours in two zones", async ({ openBrowser }) => {
  const host = await newHost(`Quilla ${crypto.randomUUID().slice(0, 8)}`);
  const page = await (await openBrowser({ timezoneId: "Asia/Tokyo" })).newPage();
  await page.goto("/");
  await page.getByRole("searchbox", { name: "Search hosts by name or subject" }).pressSequentially(host.displayName);
  await expect(page.getByRole("status").filter({ hasText: `1 host for “${host.displayName}”` })).toBeVisible();
  // From six in the evening on, which is nine in UTC.
  const card = page.getByRole("article").filter({ hasText: host.displayName });
  await expect(card.getByText(/^Next: \w{3},? \d+ \w{3,4}, (18|19|2\d|00|01):\d\d$/)).toBeVisible();
  await page.getByRole("link", { name: host.displayName }).click();
  await expect(page.getByRole("heading", { level: 1, name: host.displayName })).toBeVisible();

  const hours = page.getByRole("region", { name: "Weekly hours" });
  await expect(hours.getByRole("status")).toHaveText("Times in Asia / Tokyo, GMT+9");
  await expect(hours.getByText("18:00 – 02:00").first()).toBeVisible();

  await hours.getByRole("button", { name: "Change zone" }).click();
  const zone = hours.getByRole("combobox", { name: "Show times in" });
  await zone.fill("Phoenix");
  await page.getByRole("option", { name: "America / Phoenix" }).click();
  await expect(hours.getByRole("status")).toHaveText("Times in America / Phoenix, GMT-7");
  await expect(hours.getByText("02:00 – 10:00").first()).toBeVisible();
  await expect(hours.getByText("18:00 – 02:00")).toHaveCount(0);

  // It is the choice of this browser, not of the page.
  await page.reload();
  await expect(hours.getByRole("status")).toHaveText("Times in America / Phoenix, GMT-7");
});

test("hours drawn and hours added by keys are seen by a visitor in another zone", async ({
  page,
  signedIn,
  openBrowser,
}) => {
  const host = await newHost();
  await signedIn(host);
  await openWeekEditor(page);
  // Days ahead, whatever day it is: what is over today is not shown to visitors.
  const [drawnOn, typedOn, seenOn] = [daysAhead(2), daysAhead(3), daysAhead(4)];

  await drag(page, await spot(page, drawnOn.name, 6), await spot(page, drawnOn.name, 8));
  await expect(bar(page, `${drawnOn.name}, 06:00 – 08:00`)).toBeFocused();
  await page.getByRole("gridcell", { name: new RegExp(`^${typedOn.name} 20:00`) }).focus();
  for (const key of ["Enter", "Shift+ArrowDown", "Shift+ArrowDown"]) await page.keyboard.press(key);
  await expect(bar(page, `${typedOn.name}, 20:00 – 21:30`)).toBeFocused();
  await saveWeek(page);

  const visitor = await (await openBrowser({ timezoneId: "Asia/Kolkata" })).newPage();
  await visitor.goto(`/${host.username}`);
  await expect(visitor.getByText("Times in Asia / Kolkata, GMT+5:30")).toBeVisible();
  await expect(dayOf(visitor, drawnOn.date)).toContainText("11:30 – 13:30");
  // In the evening of one day over there is the night of the next one here.
  await expect(dayOf(visitor, seenOn.date)).toContainText("01:30 – 03:00");
  await expect(dayOf(visitor, typedOn.date)).not.toContainText("20:00");
});

/** A day to come, in UTC: its name, and its date as YYYY-MM-DD. */
function daysAhead(days: number): { name: string; date: string } {
  const instant = new Date(Date.now() + days * 86_400_000);
  const name = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" }).format(instant);
  return { name, date: instant.toISOString().slice(0, 10) };
}

/** What a host's page says of a date. */
function dayOf(page: Page, date: string): Locator {
  return page
    .getByRole("region", { name: "Weekly hours" })
    .getByRole("listitem")
    .filter({ has: page.locator(`time[datetime="${date}"]`) });
}
