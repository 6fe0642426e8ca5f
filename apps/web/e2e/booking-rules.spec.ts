import type { Locator, Page } from "@playwright/test";
import { newHost } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";

test("a host sets how they may be booked, and visitors choose among that", async ({ page, signedIn, openBrowser }) => {
  const host = await newHost();
  await signedIn(host);
  await page.goto("/settings/booking");
  await expect(page.getByText("15 minutes, 30 minutes, 45 minutes, or 1 hour, from 2 hours from now")).toBeVisible();
  for (const usual of ["15 minutes", "45 minutes", "1 hour"]) await chip(page, usual).press("Space");
  await page.getByLabel("Another length").fill("50");
  await page.getByLabel("Another length").press("Enter");
  await expect(page.getByRole("checkbox", { name: "50 minutes" })).toBeChecked();
  await page.getByLabel("Free after").selectOption("10 minutes");
  await page.getByLabel("Notice", { exact: true }).fill("3");
  await page.getByLabel("Unit of the notice").selectOption("days");
  await page.getByLabel("Most a day").fill("2");
  await page.getByText("You accept each one", { exact: true }).click();
  await expect(page.getByText("30 minutes or 50 minutes, from 3 days from now until 60 days ahead.")).toBeVisible();
  await save(page);
  expect(await rest("GET /v1/users/me/booking-rules", { token: host.token })).toEqual({
    ...{ durations_minutes: [30, 50], step_minutes: 15, buffer_before_minutes: 0, buffer_after_minutes: 10 },
    ...{ minimum_notice_minutes: 4320, window_days: 60, max_per_day: 2, requires_consent: true },
  });

  const visitor = await (await openBrowser()).newPage();
  await visitor.goto(`/${host.username}/book`);
  await expect(visitor.getByRole("radio")).toHaveCount(2);
  await expect(visitor.getByRole("radio", { name: /^50 min/ })).toHaveCount(1);
});

test("what cannot be is said beside its field, and nothing is saved", async ({ page, signedIn }) => {
  const host = await newHost();
  await signedIn(host);
  await page.goto("/settings/booking");
  const before = await rest("GET /v1/users/me/booking-rules", { token: host.token });
  await page.getByLabel("Days ahead").fill("366");
  await page.getByLabel("Notice", { exact: true }).fill("31");
  await page.getByLabel("Unit of the notice").selectOption("days");
  await page.getByLabel("Most a day").fill("none");
  for (const usual of ["15 minutes", "30 minutes", "45 minutes", "1 hour"]) await chip(page, usual).press("Space");
  await page.getByRole("button", { name: "Save rules" }).click();
  await expect(page.getByText("Days ahead must be at most 365.")).toBeVisible();
  await expect(page.getByText("Choose at least one length.")).toBeVisible();
  await expect(page.getByText("Most a day must be a whole number.")).toBeVisible();
  await page.getByLabel("Another length").fill("500");
  await page.getByRole("button", { name: "Add" }).click();
  await expect(page.getByText("A whole number of minutes, from 5 to 480.")).toBeVisible();
  expect(await rest("GET /v1/users/me/booking-rules", { token: host.token })).toEqual(before);
});

test("a second tab does not win silently", async ({ page, context, signedIn }) => {
  const host = await newHost();
  await signedIn(host);
  const other = await context.newPage();
  await page.goto("/settings/booking");
  await other.goto("/settings/booking");
  await page.getByLabel("Days ahead").fill("20");
  await save(page);
  await other.getByLabel("Days ahead").fill("90");
  await other.getByRole("button", { name: "Save rules" }).click();
  await expect(other.getByText("These rules were changed elsewhere in the meantime.")).toBeVisible();
  await expect(other.getByLabel("Days ahead")).toHaveValue("90");
  await other.getByRole("button", { name: "Take what is there" }).click();
  await expect(other.getByLabel("Days ahead")).toHaveValue("20");
  await other.getByLabel("Days ahead").fill("91");
  await save(other);
  expect(await rest("GET /v1/users/me/booking-rules", { token: host.token })).toMatchObject({ window_days: 91 });
});

/** A length on offer, to be chosen or let go. */
function chip(page: Page, name: string): Locator {
  return page.getByRole("checkbox", { name, exact: true });
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save rules" }).click();
  await expect(page.getByText("Booking rules saved.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save rules" })).toBeDisabled();
}
