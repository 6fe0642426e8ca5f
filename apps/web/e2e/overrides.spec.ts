import type { Locator, Page } from "@playwright/test";
import { expectAccessible, expectNoOverflow } from "./fixtures/looks";
import { newHost, newMember } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";

// Browsers here are in Berlin and speak British English. A new host has nine to five, Monday to Friday, in UTC.

test("a date that its host closes has no openings, until it is given back", async ({ page, signedIn, openBrowser }) => {
  const host = await newHost();
  const date = workingDay(3);
  await signedIn(host);
  const visitor = await (await openBrowser()).newPage();
  const onVisitorsCalendar = async () => {
    await visitor.goto(`/${host.username}/book`);
    await turnTo(visitor, date);
    return visitor.locator(`[data-date="${isoOf(date)}"]`);
  };
  await expect(await onVisitorsCalendar()).toHaveAccessibleName(/\d+ openings/);

  await openDates(page);
  await turnTo(page, date);
  await page.locator(`[data-date="${isoOf(date)}"]`).click();
  const panel = page.getByRole("region", { name: nameOf(date) });
  await expect(panel.getByText("On this weekday usually: 09:00 – 17:00")).toBeVisible();
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`Closed: ${nameOf(date)}.`)).toBeVisible();
  await expect(page.locator(`[data-date="${isoOf(date)}"]`)).toHaveAccessibleName(/closed/);

  await expect(await onVisitorsCalendar()).toHaveAccessibleName(/no openings/);
  expect(await openingsOn(host.username, date)).toEqual([]);

  await comingUp(page)
    .getByRole("button", { name: /^Remove / })
    .click();
  await expect(page.getByText(`Weekly hours again: ${nameOf(date)}.`)).toBeVisible();
  await expect(await onVisitorsCalendar()).toHaveAccessibleName(/\d+ openings/);
});

test("a holiday is closed and taken back by keyboard alone", async ({ page, signedIn }) => {
  const host = await newHost();
  await signedIn(host);
  await openDates(page);
  const [first, last] = [dayAhead(1), dayAhead(8)];
  await page.locator("[data-date][tabindex='0']").focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(`[data-date="${isoOf(first)}"]`)).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(`[data-date="${isoOf(last)}"]`)).toBeFocused();
  await page.keyboard.press("Enter");
  const panel = page.locator("section[aria-labelledby=chosen-dates]");
  await expect(panel.getByText("8 days")).toBeVisible();
  await panel.getByRole("button", { name: "Save" }).press("Enter");
  await expect(page.getByText(/^Closed: /)).toBeVisible();
  expect(await saved(host.token, first, last)).toEqual(Array(8).fill([]));

  const remove = comingUp(page).getByRole("button", { name: /^Remove / });
  await expect(remove).toHaveCount(1);
  await remove.press("Enter");
  await expect(page.getByRole("heading", { name: "Coming up" })).toBeFocused();
  expect(await saved(host.token, first, last)).toEqual([]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(remove).toBeVisible();
  expect(await saved(host.token, first, last)).toHaveLength(8);
});

test("a date is given other hours, typed, and what cannot be is refused in its place", async ({ page, signedIn }) => {
  const host = await newHost();
  const date = workingDay(2);
  await signedIn(host);
  await openDates(page);
  await turnTo(page, date);
  await page.locator(`[data-date="${isoOf(date)}"]`).click();
  const panel = page.getByRole("region", { name: nameOf(date) });
  await panel.getByText("Other hours").click();
  const [from, to] = [panel.getByLabel(/, from$/), panel.getByLabel(/, to$/)];
  await expect(from).toHaveValue("09:00");
  await from.fill("19");
  await to.fill("18");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(panel.getByText("Not possible like this: the end must be after the start.")).toBeVisible();
  expect(await saved(host.token, date, date)).toEqual([]);

  await to.fill("24:00");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`Other hours saved: ${nameOf(date)}.`)).toBeVisible();
  expect(await saved(host.token, date, date)).toEqual([[{ start_time: "19:00", end_time: "24:00" }]]);

  await comingUp(page)
    .getByRole("button", { name: /^Edit / })
    .click();
  await expect(page.getByRole("heading", { name: nameOf(date) })).toBeFocused();
  await expect(panel.getByLabel(/, from$/)).toHaveValue("19:00");
  await expectAccessible(page);
  await expectNoOverflow(page);
});

test("the week of settings shows dates of their own and what is booked", async ({ page, signedIn }) => {
  const [host, visitor] = [await newHost("Robin Vale"), await newMember("Alex Reed")];
  const [booked, closed] = [workingDay(7), workingDay(8)];
  const start = `${isoOf(booked)}T10:00:00Z`;
  await rest("POST /v1/schedule/bookings", {
    token: visitor.token,
    json: { host_username: host.username, start, duration_minutes: 60 },
  });
  await rest(`PUT /v1/users/me/schedule/overrides/${isoOf(closed)}`, { token: host.token, json: { slots: [] } });
  await signedIn(host);
  await page.goto("/settings/availability");
  const special = page.getByRole("list", { name: "What is special about this week" });
  const found: string[] = [];
  for (const _ of [0, 1, 2]) {
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    found.push(...(await special.getByRole("listitem").allInnerTexts()));
    await page.getByRole("button", { name: "Next week" }).click();
  }
  expect(found.join("\n")).toMatch(/10:00, with Alex Reed/);
  expect(found.join("\n")).toMatch(/Closed\s+instead of the weekly hours/);
  // A date that is closed says what stands on it all the same.
  await page.locator("[data-date][tabindex='0']").scrollIntoViewIfNeeded();
  await turnTo(page, booked);
  await page.locator(`[data-date="${isoOf(booked)}"]`).click();
  await expect(page.getByText("1 conversation is booked here, and stays so unless you cancel.")).toBeVisible();
});

const dayLength = 86_400_000;

/** A date so many days from today, told by its midnight in UTC. */
function dayAhead(days: number): number {
  return (Math.floor(Date.now() / dayLength) + days) * dayLength;
}

/** The first working day from there on. */
function workingDay(days: number): number {
  return [0, 1, 2].map((more) => dayAhead(days + more)).find((date) => new Date(date).getUTCDay() % 6 !== 0) ?? 0;
}

function isoOf(date: number): string {
  return new Date(date).toISOString().slice(0, 10);
}

/** "Thursday 24 December 2026" */
function nameOf(date: number): string {
  const options = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat("en-GB", options).format(date);
}

async function openDates(page: Page): Promise<void> {
  await page.goto("/settings/availability");
  await expect(page.getByRole("heading", { name: "Coming up" })).toBeVisible();
}

/** The list of dates ahead that have hours of their own. */
function comingUp(page: Page): Locator {
  return page.getByRole("list", { name: "Coming up" });
}

/** Turns the calendar to the month of a date, which is this one or the next. */
async function turnTo(page: Page, date: number): Promise<void> {
  const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(date);
  const grid = page.getByRole("grid", { name: /^[A-Z][a-z]+ \d{4}$/ });
  await expect(grid).toBeVisible();
  if ((await grid.getAttribute("aria-label")) !== month) await page.getByRole("button", { name: "Next month" }).click();
  await expect(page.getByRole("grid", { name: month })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

async function openingsOn(username: string, date: number): Promise<unknown[]> {
  const query = `from=${isoOf(date)}T00:00:00Z&to=${isoOf(date + dayLength)}T00:00:00Z&duration_minutes=30`;
  return (await rest<{ openings: unknown[] }>(`GET /v1/users/${username}/openings?${query}`)).openings;
}

/** The hours that dates have for their own, by date. */
async function saved(token: string, from: number, to: number): Promise<unknown[]> {
  const path = `/v1/users/me/schedule/overrides?from=${isoOf(from)}&to=${isoOf(to)}` as const;
  const { overrides } = await rest<{ overrides: { slots: unknown[] }[] }>(`GET ${path}`, { token });
  return overrides.map(({ slots }) => slots);
}
