import type { Page } from "@playwright/test";
import {
  accountElsewhere,
  type ElsewhereAccount,
  signInElsewhere,
  turnBack,
  wayBackFromElsewhere,
} from "./fixtures/elsewhere";
import { expectAccessible, expectNoOverflow } from "./fixtures/looks";
import { newestMail } from "./fixtures/mails";
import { newAddress, newMember } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";
import { untilAlive } from "./fixtures/visit";
import { stage } from "./stage/stage";

const settings = "/settings/linked-accounts";

async function enter(page: Page, account: ElsewhereAccount, from = "/sign-in"): Promise<void> {
  await page.goto(from);
  await page.getByRole("button", { name: "Continue with Elsewhere" }).click();
  await signInElsewhere(page, account);
}

async function link(page: Page, account: ElsewhereAccount): Promise<void> {
  await page.goto(settings);
  await page.getByRole("button", { name: "Link Elsewhere" }).click();
  await signInElsewhere(page, account);
}

test("a newcomer comes in with an account elsewhere, and again later", async ({ page, openBrowser }) => {
  const account = accountElsewhere();
  await enter(page, account, "/sign-up?next=/settings/linked-accounts");
  await expect(page).toHaveURL(settings);
  await expect(page.getByRole("list", { name: "Linked", exact: true })).toContainText("Elsewhere");
  // Its address is confirmed there, and so here.
  await page.goto("/settings/account");
  await expect(page.getByText(account.email)).toBeVisible();
  await expect(page.getByText("Verified", { exact: true })).toBeVisible();

  const elsewhere = await (await openBrowser()).newPage();
  await enter(elsewhere, account);
  await expect(elsewhere).toHaveURL("/dashboard");
});

test("the last way to sign in stays", async ({ page }) => {
  await enter(page, accountElsewhere());
  await expect(page).toHaveURL("/dashboard");
  await page.goto(settings);
  await page.getByRole("button", { name: "Remove Elsewhere" }).click();
  await expect(page.getByText("This is your only way to sign in")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("list", { name: "Linked", exact: true })).toContainText("Elsewhere");
  await expectAccessible(page);
  await expectNoOverflow(page);
});

test("who came without a password chooses one by mail, and may then remove the account elsewhere", async ({ page }) => {
  const account = accountElsewhere();
  await enter(page, account);
  await expect(page).toHaveURL("/dashboard");
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Choose a password" }).click();
  await expect(page.getByText("Open the link that we have sent")).toBeVisible();
  await page.goto((await newestMail(account.email, /new password/i)).link);
  await page.getByLabel("New password").fill("correct horse battery");
  await page.getByRole("button", { name: "Save password" }).click();
  await expect(page.getByText("Your password is changed")).toBeVisible();
  await untilAlive(page);
  await page.getByLabel("E-mail address").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/dashboard");
  await page.goto(settings);
  await page.getByRole("button", { name: "Remove Elsewhere" }).click();
  await expect(page.getByRole("button", { name: "Link Elsewhere" })).toBeVisible();
});

test("who has no password closes the account right after signing in", async ({ page }) => {
  await enter(page, accountElsewhere());
  await expect(page).toHaveURL("/dashboard");
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Close account" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByLabel("Your password")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Close account" }).click();
  await expect(page.getByText("Your account is closed")).toBeVisible();
});

test("a member links an account elsewhere, signs in with it, verifies it again, and removes it", async ({
  page,
  signedIn,
  openBrowser,
}) => {
  const member = await newMember();
  const account = accountElsewhere();
  await signedIn(member);
  await link(page, account);
  await expect(page.getByText("Elsewhere is linked", { exact: true })).toBeVisible();
  await untilAlive(page);
  const { link: told } = await newestMail(member.email, /linked/);
  expect(told).toBe(`${stage().webUrl}${settings}`);

  const other = await (await openBrowser()).newPage();
  await enter(other, account);
  await expect(other).toHaveURL("/dashboard");
  await other.goto("/settings/account");
  await expect(other.getByText(member.email)).toBeVisible();

  await page.getByRole("button", { name: "Verify again: Elsewhere" }).click();
  await expect(page.getByText("Elsewhere confirms your account.")).toBeVisible();
  await page.getByRole("button", { name: "Remove Elsewhere" }).click();
  await expect(page.getByRole("button", { name: "Link Elsewhere" })).toBeVisible();

  // It opens the account no more, and makes a new one: its own address is nobody's yet.
  const third = await (await openBrowser()).newPage();
  await enter(third, account);
  await expect(third).toHaveURL("/dashboard");
  await third.goto("/settings/account");
  await expect(third.getByText(account.email)).toBeVisible();
});

test("an address that has an account opens it to nobody who has not linked it", async ({ page }) => {
  const member = await newMember();
  await enter(page, accountElsewhere({ email: member.email }), "/sign-in?next=/bookings");
  await expect(page.getByText("There is an account with your address already")).toBeVisible();
  // What one came for is not forgotten, and one is not signed in.
  await expect(page).toHaveURL(/next=%2Fbookings/);
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("an address that is not confirmed there makes no account", async ({ page }) => {
  await enter(page, accountElsewhere({ isConfirmed: false }));
  await expect(page.getByText("Elsewhere has not confirmed your e-mail address")).toBeVisible();
});

test("an account that somebody else has linked cannot be linked", async ({ page, openBrowser, signedIn }) => {
  const account = accountElsewhere();
  const first = await (await openBrowser({}, await newMember())).newPage();
  await link(first, account);
  await expect(first.getByText("Elsewhere is linked", { exact: true })).toBeVisible();
  await signedIn(await newMember());
  await link(page, account);
  await expect(page.getByText("This account is linked with somebody else here")).toBeVisible();
  await expect(page.getByRole("button", { name: "Link Elsewhere" })).toBeVisible();
});

test("who has not confirmed their own address links nothing", async ({ page, signedIn }) => {
  const person = { email: newAddress(), password: "correct horse battery" };
  await rest("POST /v1/auth/register", { json: { ...person, display_name: "Robin Vale" } });
  await signedIn(person);
  await link(page, accountElsewhere());
  await expect(page.getByText("Confirm your own e-mail address first")).toBeVisible();
});

test("who turns back there is told so here, wherever they began", async ({ page, signedIn }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Elsewhere" }).click();
  await turnBack(page);
  await expect(page.getByText("You turned back at Elsewhere")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Welcome back" })).toBeVisible();

  await signedIn(await newMember());
  await page.goto(settings);
  await page.getByRole("button", { name: "Link Elsewhere" }).click();
  await turnBack(page);
  await expect(page.getByText("You turned back at Elsewhere")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Linked accounts", level: 1 })).toBeVisible();
});

test("a sign-in that was not begun in this browser is refused in words", async ({ page, openBrowser }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Elsewhere" }).click();
  const taken = await wayBackFromElsewhere(page, accountElsewhere());
  const thief = await (await openBrowser()).newPage();
  await thief.goto(taken);
  await expect(thief.getByText("This sign-in was not begun here")).toBeVisible();

  const altered = new URL(taken);
  altered.searchParams.set("state", "another");
  await page.goto(altered.href);
  await expect(page.getByText("This sign-in was not begun here")).toBeVisible();
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a link that one person began is nobody else's to end, in the same browser either", async ({
  page,
  signedIn,
  context,
}) => {
  const [ann, bob] = [await newMember(), await newMember()];
  await signedIn(ann);
  await page.goto(settings);
  await page.getByRole("button", { name: "Link Elsewhere" }).click();
  const account = accountElsewhere();
  const back = await wayBackFromElsewhere(page, account);
  await signedIn(bob);
  await page.goto(back);
  await expect(page.getByText("This sign-in was not begun here")).toBeVisible();
  for (const person of [bob, ann]) {
    await signedIn(person);
    await page.goto(settings);
    await expect(page.getByRole("button", { name: "Link Elsewhere" })).toBeVisible();
  }
  // Nor does it sign anybody in: nobody was told that it would. The page before leaves by itself when its session ends.
  await context.clearCookies();
  const later = await context.newPage();
  await later.goto(back);
  await expect(later.getByText("This sign-in was not begun here")).toBeVisible();
});

test("what is wrong is told on our own page, whatever the address says", async ({ page }) => {
  await page.goto("/api/auth/error?error=Configuration");
  await expect(page.getByText("The provider did not let you through")).toBeVisible();
  await page.goto("/sign-in?problem=%3Cscript%3E&provider=x");
  await expect(page.getByRole("heading", { name: "Welcome back" })).toBeVisible();
  await expect(page.getByRole("status")).toHaveCount(0);
});
