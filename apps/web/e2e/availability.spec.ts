import type { Locator, Page } from "@playwright/test";
import { expectAccessible, expectNoOverflow } from "./fixtures/looks";
import { type Host, newHost, newMember } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";
import { bar, boxOf, drag, hourHeight, openWeekEditor, saveWeek, spot } from "./fixtures/week-editor";

// Browsers here are in Berlin and speak British English. A new host has nine to five, Monday to Friday, in UTC.

test("hours are drawn, moved and stretched with the pointer, saved, and there after a reload", async ({
  page,
  signedIn,
}) => {
  const host = await newHost();
  await signedIn(host);
  await openWeekEditor(page);

  await drag(page, await spot(page, "Saturday", 10), await spot(page, "Saturday", 12));
  await expect(bar(page, "Saturday, 10:00 – 12:00")).toBeFocused();

  await drag(page, await spot(page, "Saturday", 11), await spot(page, "Sunday", 13, 30));
  await expect(bar(page, "Sunday, 12:30 – 14:30")).toBeFocused();

  const box = await boxOf(bar(page, "Sunday, 12:30 – 14:30"));
  const foot = { x: box.x + box.width / 2, y: box.y + box.height - 2 };
  await drag(page, foot, { ...foot, y: foot.y + hourHeight });
  await expect(bar(page, "Sunday, 12:30 – 15:30")).toBeVisible();

  await saveWeek(page);
  await page.reload();
  await expect(bar(page, "Sunday, 12:30 – 15:30")).toBeVisible();
  expect(await savedSlots(host)).toContainEqual({ day_of_week: 0, start_time: "12:30", end_time: "15:30" });
});

test("Escape calls a drag off, and an overlap is refused with the reason", async ({ page, signedIn }) => {
  await signedIn(await newHost());
  await openWeekEditor(page);
  const from = await spot(page, "Monday", 12);
  const to = await spot(page, "Tuesday", 14);

  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await expect(page.getByText("It would overlap 09:00 – 17:00 on Tuesday.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(happened(page)).toHaveText("Called off. Nothing has changed.");
  await expect(bar(page, "Monday, 09:00 – 17:00")).toBeVisible();

  await drag(page, from, to);
  await expect(happened(page)).toHaveText("Not changed: it would overlap 09:00 – 17:00 on Tuesday.");
  await expect(bar(page, "Monday, 09:00 – 17:00")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save hours" })).toBeDisabled();
});

test("the whole week can be edited by keyboard", async ({ page, signedIn }) => {
  const host = await newHost();
  await signedIn(host);
  await openWeekEditor(page);

  // The grid is one stop of the tab key; arrows walk on it.
  await page.getByRole("gridcell", { name: /^Monday 09:00/ }).focus();
  for (const key of ["End", "ArrowLeft", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await expect(bar(page, "Saturday, 10:00 – 11:00")).toBeFocused();
  for (const key of ["ArrowDown", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowLeft"]) await page.keyboard.press(key);
  await expect(bar(page, "Sunday, 10:00 – 11:30")).toBeFocused();

  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Hours on Sunday" });
  await expect(dialog.getByLabel("Sunday, from")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("24:00");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(bar(page, "Sunday, 10:00 – 24:00")).toBeFocused();

  await bar(page, "Monday, 09:00 – 17:00").focus();
  await page.keyboard.press("Delete");
  await expect(bar(page, "Monday, 09:00 – 17:00")).toHaveCount(0);
  await expect(page.getByRole("gridcell", { name: "Monday 09:00, closed" })).toBeFocused();

  await page.getByRole("button", { name: "Save hours" }).press("Enter");
  await expect(page.getByText("Hours saved.")).toBeVisible();
  const slots = await savedSlots(host);
  expect(slots).toContainEqual({ day_of_week: 0, start_time: "10:00", end_time: "24:00" });
  expect(slots.filter(({ day_of_week: day }) => day === 1)).toEqual([]);
});

test("times are typed, copied to other days, and refused beside their fields", async ({ page, signedIn }) => {
  const host = await newHost();
  await signedIn(host);
  await openWeekEditor(page);
  const monday = dayRow(page, "Monday");

  await monday.getByLabel("Monday, to").fill("12");
  await monday.getByRole("button", { name: "Add hours on Monday" }).click();
  await expect(monday.getByLabel("Monday, from").nth(1)).toBeFocused();
  await page.keyboard.type("1130");
  await page.keyboard.press("Tab");
  await expect(monday.getByText("it would overlap 11:30 – 14:00 on Monday.", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(happened(page)).toContainText("Not saved yet");
  await expect(monday.getByLabel("Monday, from").first()).toBeFocused();

  await monday.getByLabel("Monday, from").nth(1).fill("13:07");
  await monday.getByLabel("Monday, to").nth(1).fill("18");
  await page.keyboard.press("Tab");

  await monday.getByRole("button", { name: "Copy Monday to other days" }).click();
  const copy = page.getByRole("dialog", { name: "Copy Monday" });
  await copy.getByRole("checkbox", { name: "Friday" }).press("Space");
  await copy.getByRole("checkbox", { name: "Sunday" }).press("Space");
  await copy.getByRole("button", { name: "Copy", exact: true }).click();
  await saveWeek(page);
  const slots = await savedSlots(host);
  const ofDay = (day: number) =>
    slots.filter((slot) => slot.day_of_week === day).map((slot) => `${slot.start_time}-${slot.end_time}`);
  expect([0, 1, 2, 3, 4].map(ofDay)).toEqual(new Array(5).fill(["09:00-12:00", "13:07-18:00"]));
  expect([5, 6].map(ofDay)).toEqual([["09:00-17:00"], []]);
});

test("Save pressed while a time is typed takes it along, or leads back to what is no time", async ({
  page,
  signedIn,
}) => {
  const host = await newHost();
  await signedIn(host);
  await openWeekEditor(page);
  const tuesday = dayRow(page, "Tuesday");
  const pressSave = () => page.getByRole("button", { name: "Save hours" }).click();

  await dayRow(page, "Monday").getByLabel("Monday, to").fill("12:30");
  await tuesday.getByLabel("Tuesday, to").fill("whenever");
  await pressSave();
  await expect(tuesday.getByText("“whenever” is not a time; write it like 09:30.", { exact: false })).toBeVisible();
  await expect(tuesday.getByLabel("Tuesday, to")).toBeFocused();
  await expect(tuesday.getByLabel("Tuesday, to")).toHaveValue("whenever");
  await expect(happened(page)).toHaveText("Not saved yet: “whenever” is not a time; write it like 09:30.");
  expect(await savedSlots(host)).toContainEqual({ day_of_week: 1, start_time: "09:00", end_time: "17:00" });
  await expectAccessible(page);

  await tuesday.getByLabel("Tuesday, to").fill("11");
  await saveWeek(page);
  const slots = await savedSlots(host);
  expect(slots).toContainEqual({ day_of_week: 1, start_time: "09:00", end_time: "12:30" });
  expect(slots).toContainEqual({ day_of_week: 2, start_time: "09:00", end_time: "11:00" });

  // The press lands also where what is typed is refused for the hours beside it.
  await tuesday.getByRole("button", { name: "Add hours on Tuesday" }).click();
  await page.keyboard.type("10:30");
  await pressSave();
  await expect(happened(page)).toHaveText("Not saved yet: it would overlap 10:30 – 13:00 on Tuesday.");
  await expect(tuesday.getByLabel("Tuesday, from").first()).toBeFocused();
});

test("a second tab's save is refused, and offers both ways on", async ({ page, signedIn, context }) => {
  const host = await newHost();
  await signedIn(host);
  await openWeekEditor(page);
  const other = await context.newPage();
  await openWeekEditor(other);

  await dayRow(page, "Monday").getByLabel("Monday, to").fill("12:00");
  await saveWeek(page);
  await dayRow(other, "Monday").getByLabel("Monday, to").fill("13:00");
  await other.getByRole("button", { name: "Save hours" }).click();

  const refusal = other.getByRole("region", { name: "Your hours have changed elsewhere" });
  await expect(refusal).toBeFocused();
  await expect(refusal.getByRole("row", { name: "Monday 09:00 – 12:00 09:00 – 13:00" })).toBeVisible();
  await expectAccessible(other);
  expect(await savedSlots(host)).toContainEqual({ day_of_week: 1, start_time: "09:00", end_time: "12:00" });

  await refusal.getByRole("button", { name: "Show the saved hours" }).click();
  await expect(dayRow(other, "Monday").getByLabel("Monday, to")).toHaveValue("12:00");
  await expect(other.getByRole("button", { name: "Save hours" })).toBeDisabled();

  // And the other way: the first tab is the stale one now, and its hours are to stand.
  await dayRow(other, "Monday").getByLabel("Monday, to").fill("14:00");
  await saveWeek(other);
  await page.bringToFront();
  await dayRow(page, "Monday").getByLabel("Monday, to").fill("15:00");
  await page.getByRole("button", { name: "Save hours" }).click();
  await page.getByRole("button", { name: "Save mine over them" }).click();
  await expect.poll(() => savedSlots(host)).toContainEqual({ day_of_week: 1, start_time: "09:00", end_time: "15:00" });
});

test("a zone is changed on purpose, and visitors elsewhere are shown what it comes to", async ({ page, signedIn }) => {
  const host = await newHost();
  await signedIn(host);
  await openWeekEditor(page);
  await changeZone(page, "Kolkata", "Asia / Kolkata", /^The moments/);
  await expect(bar(page, "Monday, 14:30 – 22:30")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Your hours, in Asia / Kolkata" })).toBeVisible();
  await changeZone(page, "Berlin", "Europe / Berlin", /^The times/);
  await expect(bar(page, "Monday, 14:30 – 22:30")).toBeVisible();
  await saveWeek(page);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Your hours, in Europe / Berlin" })).toBeVisible();

  const seen = page.getByRole("region", { name: "What visitors see" });
  await choose(page, seen.getByRole("combobox", { name: "Visitor's time zone" }), "Tokyo", "Asia / Tokyo");
  const inSeason = async () => seen.getByRole("listitem").filter({ hasText: /^Tue/ }).textContent();
  const before = await inSeason();
  await seen.getByRole("button", { name: /^After clocks change in Berlin/ }).click();
  await expect(seen.getByText(/^Tokyo .* ahead of Berlin/)).toBeVisible();
  // In Tokyo the clocks never change: half a year later the same hours are an hour off.
  expect(await inSeason()).not.toEqual(before);
});

test("hours that were never saved begin in the zone of the one who writes them", async ({ page, signedIn }) => {
  const member = await newMember();
  await signedIn(member);
  await openWeekEditor(page);
  await expect(page.getByRole("heading", { name: "Your hours, in Europe / Berlin" })).toBeVisible();
  await page.getByRole("button", { name: /^Start with Monday to Friday/ }).click();
  await expect(bar(page, "Friday, 09:00 – 17:00")).toBeVisible();
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Rate" }).click();
  await page.getByRole("button", { name: "Stay" }).click();
  await saveWeek(page);
  await page.reload();
  await expect(bar(page, "Friday, 09:00 – 17:00")).toBeVisible();
});

test("on a phone the week is a list of days that does all the grid does", async ({ signedIn, page }) => {
  const host = await newHost();
  await page.setViewportSize({ width: 360, height: 740 });
  await signedIn(host);
  await page.goto("/settings/availability");
  await expect(dayRow(page, "Monday").getByLabel("Monday, to")).toHaveValue("17:00");
  await expect(page.getByRole("grid", { name: "Hours of the week" })).toBeHidden();
  await dayRow(page, "Saturday").getByRole("button", { name: "Add hours on Saturday" }).click();
  await page.keyboard.type("8");
  await page.keyboard.press("Tab");
  await dayRow(page, "Monday").getByRole("button", { name: "Remove Monday, 09:00 – 17:00" }).click();
  await saveWeek(page);
  const slots = await savedSlots(host);
  expect(slots).toContainEqual({ day_of_week: 6, start_time: "08:00", end_time: "17:00" });
  expect(slots.filter(({ day_of_week: day }) => day === 1)).toEqual([]);
  await expectAccessible(page);
  await expectNoOverflow(page);
});

/** The rows of a day's times. */
function dayRow(page: Page, day: string): Locator {
  return page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: day, exact: true, level: 3 }) });
}

/** What the last act did, in words. */
function happened(page: Page): Locator {
  return page.getByRole("status", { name: "What happened" });
}

async function changeZone(page: Page, typed: string, option: string, keep: RegExp): Promise<void> {
  await page.getByRole("button", { name: "Change zone" }).click();
  const dialog = page.getByRole("dialog", { name: "Move your hours to another zone" });
  await choose(page, dialog.getByRole("combobox", { name: "New zone" }), typed, option);
  await dialog.getByRole("radio", { name: keep }).check({ force: true });
  await dialog.getByRole("button", { name: "Change zone" }).click();
}

async function choose(page: Page, combobox: Locator, typed: string, option: string): Promise<void> {
  await combobox.click();
  await combobox.fill(typed);
  await page.getByRole("option", { name: option, exact: true }).click();
}

interface Slot {
  day_of_week: number;
  start_time: string;
  end_time: string;
}

/** What the documented API says of the hours, in UTC. */
async function savedSlots({ token }: Pick<Host, "token">): Promise<Slot[]> {
  return (await rest<{ slots: Slot[] }>("GET /v1/users/me/availability", { token })).slots;
}
