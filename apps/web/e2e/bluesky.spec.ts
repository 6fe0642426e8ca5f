import type { Page } from "@playwright/test";
import {
  authorizeAtBluesky,
  type BlueskyAccount,
  blueskyAccount,
  signInAtBluesky,
  wayBackFromBluesky,
} from "./fixtures/bluesky";
import { newMember } from "./fixtures/people";
import { expect, test } from "./fixtures/test";
import { untilAlive } from "./fixtures/visit";

const settings = "/settings/linked-accounts";

async function begin(page: Page, from = "/sign-in"): Promise<void> {
  await page.goto(from);
  await page.getByRole("button", { name: "Continue with Bluesky" }).click();
}

async function link(page: Page, account: BlueskyAccount): Promise<void> {
  await page.goto(settings);
  await page.getByRole("button", { name: "Link Bluesky" }).click();
  await authorizeAtBluesky(page, account);
}

test("a newcomer comes in with Bluesky, again later, and under another name", async ({ page, openBrowser }) => {
  const account = await blueskyAccount();
  await begin(page, "/sign-up?next=/settings/linked-accounts");
  await authorizeAtBluesky(page, account);
  await expect(page).toHaveURL(settings);
  const linked = page.getByRole("list", { name: "Linked", exact: true });
  await expect(linked.getByRole("link", { name: account.handle })).toHaveAttribute(
    "href",
    `https://bsky.app/profile/${account.handle}`,
  );
  await expect(linked).toContainText(account.email);

  const other = await (await openBrowser()).newPage();
  await begin(other);
  await authorizeAtBluesky(other, account);
  await expect(other).toHaveURL("/dashboard");

  const renamed = await blueskyAccount({ ...account, handle: `renamed-${account.handle}` });
  await untilAlive(page);
  await page.getByRole("button", { name: "Verify again: Bluesky" }).click();
  await expect(page.getByText("Bluesky confirms your account.")).toBeVisible();
  await expect(linked).toContainText(renamed.handle);
});

test("a member links Bluesky, and comes in with it", async ({ page, signedIn, openBrowser }) => {
  const member = await newMember();
  const account = await blueskyAccount();
  await signedIn(member);
  await link(page, account);
  await expect(page.getByText("Bluesky is linked", { exact: true })).toBeVisible();

  const other = await (await openBrowser()).newPage();
  await begin(other);
  await authorizeAtBluesky(other, account);
  await expect(other).toHaveURL("/dashboard");
  await other.goto("/settings/account");
  await expect(other.getByText(member.email)).toBeVisible();
});

test("who turns back at Bluesky is told so, and where the address is not confirmed there", async ({ page }) => {
  const account = await blueskyAccount({ isConfirmed: false });
  await begin(page, "/sign-in?next=/bookings");
  await signInAtBluesky(page, account);
  await page.getByRole("button", { name: "Deny access" }).click();
  await expect(page.getByText("You turned back at Bluesky")).toBeVisible();
  await expect(page).toHaveURL(/next=%2Fbookings/);

  await begin(page);
  await authorizeAtBluesky(page, account);
  await expect(page.getByText("Bluesky has not confirmed your e-mail address")).toBeVisible();
});

test("a sign-in at Bluesky ends in the browser and session that began it, once", async ({
  page,
  context,
  signedIn,
  openBrowser,
}) => {
  const [ann, bob] = [await newMember(), await newMember()];
  const account = await blueskyAccount();
  await begin(page);
  const taken = await wayBackFromBluesky(page, account);
  const thief = await (await openBrowser()).newPage();
  await thief.goto(taken);
  await expect(thief.getByText("This sign-in was not begun here")).toBeVisible();

  // The link that Ann began, in the browser that is Bob's by then.
  await page.unrouteAll();
  await signedIn(ann);
  await page.goto(settings);
  await page.getByRole("button", { name: "Link Bluesky" }).click();
  const back = await wayBackFromBluesky(page, account);
  await signedIn(bob);
  await page.goto(back);
  await expect(page.getByText("This sign-in was not begun here")).toBeVisible();
  await page.goto(settings);
  await expect(page.getByRole("button", { name: "Link Bluesky" })).toBeVisible();
  // Nor does it sign anybody in, who was told that it would link. The page before leaves by itself when its session ends.
  await context.clearCookies();
  const later = await context.newPage();
  await later.goto(back);
  await expect(later.getByText("This sign-in was not begun here")).toBeVisible();
});

test("only providers that want to be told are told, and on this machine nobody reads who we are", async ({
  request,
}) => {
  for (const path of ["/api/auth/pushed/oidc", "/api/auth/pushed/none", "/oauth-client-metadata.json"]) {
    expect((await request.get(path, { maxRedirects: 0 })).status(), path).toBe(404);
  }
});
