import type { Page } from "@playwright/test";
import { type Host, newHost, newMember, newUsername } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";

test("a new username is explained, saved, and the old one leads to it", async ({ page, signedIn }) => {
  const host = await newHost();
  const next = newUsername();
  await signedIn(host);
  await page.goto("/settings/profile");
  await page.getByLabel("Username").fill(next);
  await expect(page.getByText("stays yours for 90 days")).toBeVisible();
  await save(page);
  await expect(page.getByText("Profile saved.")).toBeVisible();
  await expect(page.getByText("stays yours for 90 days")).toBeHidden();

  const { username } = await rest<{ username: string }>(`GET /v1/users/${host.username}`);
  expect(username).toBe(next);
});

test("what the server refuses stands beside its field, and what was typed stays", async ({ page, signedIn }) => {
  const taken = await newHost();
  await signedIn(await newHost());
  await page.goto("/settings/profile");
  await page.getByLabel("Bio").fill("Cakes, too.");
  await page.getByLabel("Username").fill(taken.username);
  await save(page);
  await expect(page.getByText("Username is taken.")).toBeVisible();
  await expect(page.getByLabel("Username")).toBeFocused();
  await expect(page.getByLabel("Bio")).toHaveValue("Cakes, too.");
});

test("the bio counts its characters and refuses the 501st", async ({ page, signedIn }) => {
  await signedIn(await newMember());
  await page.goto("/settings/profile");
  await page.getByLabel("Bio").fill("ö".repeat(501));
  await expect(page.getByText("501 / 500")).toBeVisible();
  await save(page);
  await expect(page.getByText("Bio must be at most 500 characters.")).toBeVisible();
  await page.getByLabel("Bio").fill("ö".repeat(500));
  await save(page);
  await expect(page.getByText("Profile saved.")).toBeVisible();
});

test("unsaved changes ask before they are left", async ({ page, signedIn }) => {
  await signedIn(await newMember());
  await page.goto("/settings/profile");
  await page.getByLabel("Name", { exact: true }).fill("Somebody Else");
  const elsewhere = page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Security" });
  await elsewhere.click();
  await page.getByRole("button", { name: "Stay" }).click();
  await expect(page).toHaveURL(/\/settings\/profile$/);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Somebody Else");
  await elsewhere.click();
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/settings\/security$/);
});

test("a rate shows what a caller pays while it is typed", async ({ page, signedIn }) => {
  const host = await newHost();
  await signedIn(host);
  await page.goto("/settings/rate");
  await page.getByLabel("Rate").fill("4");
  await page.getByLabel("Window").fill("15");
  await expect(page.getByText("$60.00 for a window of 15 minutes")).toBeVisible();
  await page.getByLabel("Rate").fill("0.49");
  await save(page);
  await expect(page.getByText("Rate must be between 0.50 and 999.99.")).toBeVisible();
  await page.getByLabel("Rate").fill("4");
  await save(page);
  await expect(page.getByText("Rate saved.")).toBeVisible();
  const saved = await rest(`GET /v1/users/${host.username}`);
  expect(saved).toMatchObject({ rate_per_minute: "4.00", window_size_minutes: 15 });
});

test("a password changes only with the present one", async ({ page, signedIn, openBrowser }) => {
  const member = await newMember();
  await signedIn(member);
  await page.goto("/settings/account");
  await page.getByLabel("Current password").fill("not the one");
  await page.getByLabel("New password").fill("a whole new secret");
  const change = page.getByRole("button", { name: "Change password" });
  await change.click();
  await expect(page.getByText("Current password is wrong.")).toBeVisible();
  await page.getByLabel("Current password").fill(member.password);
  await change.click();
  await expect(page.getByText("Password changed.", { exact: false })).toBeVisible();
  await openBrowser({}, { email: member.email, password: "a whole new secret" });
});

test("a session ended in one browser signs out the other within seconds", async ({ page, signedIn, openBrowser }) => {
  const host = await newHost();
  await signedIn(host);
  const lost = await openBrowser({ userAgent: iPhone }, host);
  const other = await lost.newPage();
  await other.goto("/dashboard");
  await page.goto("/settings/security");
  await page.getByRole("button", { name: "End the session of Safari on iPhone" }).click();
  await expect(page.getByText("Session ended.")).toBeVisible();
  await expect(other).toHaveURL(/\/sign-in\?/);
  await other.goto("/settings/profile");
  await expect(other).toHaveURL(/\/sign-in\?/);
});

test("all other sessions end at once, and this one stays", async ({ page, signedIn, openBrowser }) => {
  const host = await newHost();
  const others = [await openBrowser({}, host), await openBrowser({}, host)];
  await signedIn(host);
  await page.goto("/settings/security");
  await page.getByRole("button", { name: "End all other sessions" }).click();
  await page.getByRole("button", { name: "End all others" }).click();
  await expect(page.getByText("All other sessions ended.")).toBeVisible();
  await expect(page.getByText("This session")).toBeVisible();
  await expect(page.getByRole("button", { name: /^End/ })).toHaveCount(0);
  for (const browser of others) {
    const other = await browser.newPage();
    await other.goto("/dashboard");
    await expect(other).toHaveURL(/\/sign-in\?/);
  }
});

test("a device is listed and removed", async ({ page, signedIn }) => {
  const host: Host = await newHost();
  await rest("POST /v1/users/me/devices", {
    token: host.token,
    json: { token: `push-${host.username}`, platform: "ios" },
  });
  await signedIn(host);
  await page.goto("/settings/devices");
  await page.getByRole("button", { name: /^Remove iPhone or iPad/ }).click();
  await expect(page.getByText("No devices yet")).toBeVisible();
  await page.reload();
  await expect(page.getByText("No devices yet")).toBeVisible();
});

const iPhone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save changes" }).click();
}

test("personal details are kept in their canonical form, and what cannot be is said beside its field", async ({
  page,
  signedIn,
}) => {
  await signedIn(await newMember());
  await page.goto("/settings/details");
  await page.getByLabel("First name").fill("Robin");
  await page.getByLabel("Phone").fill("555");
  await page.getByLabel("Country").selectOption("DE");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Phone must be a phone number in international format")).toBeVisible();
  await page.getByLabel("Phone").fill("+49 30 901820");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Details saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("First name")).toHaveValue("Robin");
  await expect(page.getByLabel("Phone")).toHaveValue("+4930901820");
  await expect(page.getByLabel("Country")).toHaveValue("DE");
});

test("each page of settings opens at its top, and on a phone with its own entry in sight", async ({
  page,
  signedIn,
}) => {
  await signedIn(await newMember());
  const last = page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "API tokens" });
  for (const [width, height] of [
    [1280, 500],
    [360, 640],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto("/settings/api-tokens");
    await expect(page.getByRole("heading", { level: 1 })).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    if (width === 360) await expect(last).toBeInViewport({ ratio: 1 });
  }
});
