import type { Page } from "@playwright/test";
import { newMember } from "./fixtures/people";
import { expect, test } from "./fixtures/test";
import { stage } from "./stage/stage";

test("a token is made, copied, good for what it may do, and ended", async ({ page, context, signedIn }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signedIn(await newMember("Tess Token"));
  await page.goto("/settings/api-tokens");
  await expect(page.getByText("No tokens yet")).toBeVisible();

  await page.getByLabel("Name").fill("Nightly export");
  await page.getByRole("button", { name: "Make token" }).click();
  await expect(page.getByText("Tick at least one thing that it may do.")).toBeVisible();
  await page.getByRole("checkbox", { name: "Read Profile and details" }).check();
  await page.getByLabel("Expires after").selectOption("30 days");
  await page.getByRole("button", { name: "Make token" }).click();

  const dialog = page.getByRole("dialog", { name: "Your token Nightly export" });
  const token = await dialog.getByLabel("Token", { exact: true }).inputValue();
  expect(token).toMatch(/^il_tok_/);
  await dialog.getByRole("button", { name: "Copy token" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  await dialog.getByRole("button", { name: "I have it" }).click();

  const row = page.getByRole("listitem").filter({ hasText: "Nightly export" });
  await expect(row).toContainText("Profile and details (read)");
  await expect(row).toContainText(`Ends in ${token.slice(-4)}`);
  await expect(page.getByText(token)).toHaveCount(0);
  await expect(row).toContainText("Never used");
  expect(await statusOf("GET /v1/users/me", token)).toBe(200);
  expect(await statusOf("PUT /v1/users/me", token)).toBe(403);
  // Nobody waits until the use is noted.
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText("Last used", { timeout: 1_000 });
  }).toPass();

  await row.getByRole("button", { name: "End the token Nightly export" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "End token" }).click();
  await expect(page.getByText("No tokens yet")).toBeVisible();
  await expect.poll(() => statusOf("GET /v1/users/me", token)).toBe(401);
});

test("a token can be made by keyboard alone, on a narrow screen", async ({ page, signedIn }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await signedIn(await newMember("Kay Board"));
  await page.goto("/settings/api-tokens");
  await page.getByLabel("Name").focus();
  await page.keyboard.type("By keys");
  await tabTo(page, "Change Messages");
  await page.keyboard.press("Space");
  await tabTo(page, "Make token");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Your token By keys" });
  await expect(dialog).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await tabTo(page, "I have it");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listitem").filter({ hasText: "By keys" })).toContainText("Messages (change)");
});

async function statusOf(route: string, token: string): Promise<number> {
  const [method, path] = route.split(" ");
  const body = method === "GET" ? undefined : "{}";
  const headers = { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) };
  return (await fetch(`${stage().apiUrl}${path}`, { method, headers, body })).status;
}

/** Moves the focus on until it is at what bears the name. */
async function tabTo(page: Page, name: string): Promise<void> {
  const nameOfFocused = () =>
    page.evaluate(() => {
      const { activeElement } = document;
      return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
    });
  for (let i = 0; i < 60; i++) {
    if ((await nameOfFocused()) === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`No way to "${name}" by keyboard`);
}
