import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { newestMail } from "./fixtures/mails";
import { demo, newAddress, newMember } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";
import { untilAlive } from "./fixtures/visit";

const password = "correct horse battery";

test("an account is made, its address confirmed in the same browser, and it has one session", async ({ page }) => {
  const email = newAddress();
  await signUp(page, email);
  await expect(page).toHaveURL(/\/verify-email$/);
  await expect(page.getByRole("heading", { name: "Look in your inbox" })).toBeVisible();

  const { link } = await newestMail(email, /confirm/i);
  const mailTab = await page.context().newPage();
  await mailTab.goto(link);
  await expect(mailTab.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
  // The page that waited goes on by itself.
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();

  await mailTab.reload();
  await mailTab.getByRole("button", { name: "Confirm address" }).click();
  await expect(mailTab.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
  await mailTab.goto("/settings/security");
  await expect(mailTab.getByRole("list", { name: "Sessions" }).getByRole("listitem")).toHaveCount(1);
});

test("a link opened where nobody is signed in confirms by a press, not by being opened", async ({
  page,
  openBrowser,
}) => {
  const email = newAddress();
  const { access_token: token } = await rest<{ access_token: string }>("POST /v1/auth/register", {
    json: { email, password, display_name: "Robin Vale" },
  });
  const isConfirmed = async () =>
    (await rest<{ email_verified: boolean }>("GET /v1/users/me", { token })).email_verified;
  const { link } = await newestMail(email, /confirm/i);
  await page.goto(link, { waitUntil: "networkidle" });
  expect(await isConfirmed()).toBe(false);
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
  expect(await isConfirmed()).toBe(true);
  const another = await (await openBrowser()).newPage();
  await another.goto(link);
  await another.getByRole("button", { name: "Confirm address" }).click();
  await expect(another.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
});

test("another person's link confirms nothing before it is pressed, also where one waits for one's own", async ({
  page,
  signedIn,
}) => {
  const [owner, opener] = [newAddress(), newAddress()];
  const register = (email: string) =>
    rest<{ access_token: string }>("POST /v1/auth/register", { json: { email, password } });
  const { access_token: token } = await register(owner);
  await register(opener);
  const { link } = await newestMail(owner, /confirm/i);
  await signedIn({ email: opener, password });
  await page.goto(link, { waitUntil: "networkidle" });
  const { email_verified } = await rest<{ email_verified: boolean }>("GET /v1/users/me", { token });
  expect(email_verified).toBe(false);
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByText(`We know now that ${owner} is yours.`)).toBeVisible();
});

test("a broken link says so, and offers another mail", async ({ page, signedIn }) => {
  await page.goto("/verify-email?token=broken");
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();

  const email = newAddress();
  await rest("POST /v1/auth/register", { json: { email, password } });
  await signedIn({ email, password });
  await page.reload();
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  await page.getByRole("button", { name: "Send the mail again" }).click();
  await expect(page.getByText("Mail sent.")).toBeVisible();
});

test("what cannot be an account is said beside its field, and an address in use is too", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Name must not be empty.")).toBeVisible();
  await page.getByLabel("Name").fill("Robin Vale");
  await page.getByLabel("E-mail address").fill("robin");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("E-mail address must be a valid e-mail address.")).toBeVisible();
  await expect(page.getByText("Password must be at least 8 characters.")).toBeVisible();
  await page.getByLabel("E-mail address").fill(demo.visitor.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("E-mail address is in use.")).toBeVisible();
  await expect(page.getByLabel("Password")).toHaveValue(password);
});

test("signing in fails alike for a wrong password and an unknown address, then goes where one was headed", async ({
  page,
}) => {
  const member = await newMember();
  await page.goto("/settings/security");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  for (const email of [member.email, newAddress()]) {
    await signIn(page, email, "not the password");
    await expect(page.getByRole("main").getByRole("alert")).toContainText(
      "The e-mail address or the password is wrong.",
    );
    await expect(page.getByLabel("E-mail address")).toHaveValue(email);
  }
  await signIn(page, member.email, member.password);
  await expect(page).toHaveURL(/\/settings\/security$/);
  // Whoever is in already is sent on.
  await page.goto("/sign-in?next=%2Fsettings%2Faccount");
  await expect(page).toHaveURL(/\/settings\/account$/);
});

for (const elsewhere of ["https://elsewhere.test/", "//elsewhere.test/", "/\\elsewhere.test/", "/\t/elsewhere.test/"]) {
  test(`signing in never leads to ${JSON.stringify(elsewhere)}`, async ({ page, baseURL }) => {
    const member = await newMember();
    await page.goto(`/sign-in?next=${encodeURIComponent(elsewhere)}`);
    await signIn(page, member.email, member.password);
    await expect(page).toHaveURL(`${baseURL}/dashboard`);
  });
}

test("the server out of reach is said in place, and nothing typed is lost", async ({ page }) => {
  await page.goto("/sign-in", { waitUntil: "networkidle" });
  await page.route("**/api/auth/**", (route) => route.abort());
  await signIn(page, demo.visitor.email, demo.visitor.password);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("You seem to be offline.");
  await expect(page.getByLabel("Password")).toHaveValue(demo.visitor.password);
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("what was filled in before our script came counts", async ({ page }) => {
  const member = await newMember();
  let letScriptsCome = () => {};
  const scriptsMayCome = new Promise<void>((resolve) => {
    letScriptsCome = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await scriptsMayCome;
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("E-mail address").fill(member.email);
  await page.getByLabel("Password").fill(member.password);
  letScriptsCome();
  await untilAlive(page);
  await expect(page.getByLabel("E-mail address")).toHaveValue(member.email);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("password managers find what they look for, and a password can be shown", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.getByLabel("E-mail address")).toHaveAttribute("autocomplete", "username");
  const secret = page.getByLabel("Password");
  await expect(secret).toHaveAttribute("autocomplete", "current-password");
  await secret.fill("as typed");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(secret).toHaveAttribute("type", "text");
  await expect(secret).toHaveValue("as typed");
  await page.getByRole("button", { name: "Hide password" }).click();
  await expect(secret).toHaveAttribute("type", "password");
});

test("a forgotten password is answered alike for any address, and replaced once", async ({ page, openBrowser }) => {
  const member = await newMember();
  for (const email of [newAddress(), member.email]) {
    await page.goto("/forgot-password");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByText(`If ${email} has an account with us, a mail is on its way.`)).toBeVisible();
  }
  const { link } = await newestMail(member.email, /new password/i);
  await page.goto(link);
  await page.getByLabel("New password").fill("a whole new secret");
  await page.getByRole("button", { name: "Save password" }).click();
  await expect(page.getByText("Your password is changed")).toBeVisible();
  await untilAlive(page);
  await signIn(page, member.email, "a whole new secret");
  await expect(page).toHaveURL(/\/dashboard$/);

  const another = await (await openBrowser()).newPage();
  await another.goto(link);
  await another.getByLabel("New password").fill("one more secret");
  await another.getByRole("button", { name: "Save password" }).click();
  await expect(another.getByText("This link does not work any more")).toBeVisible();
  await another.getByRole("link", { name: "Ask for a new link" }).click();
  await expect(another).toHaveURL(/\/forgot-password$/);
});

async function signUp(page: Page, email: string): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Robin Vale");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
}

async function signIn(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(secret);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

test("an account is closed with its password, and its mail brings it back", async ({ page, signedIn }) => {
  const { email, password: own } = await newMember();
  await signedIn({ email, password: own });
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Close account" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Close your account?" });
  await dialog.getByLabel("Your password").fill("not the password");
  await dialog.getByRole("button", { name: "Close account" }).click();
  await expect(dialog.getByText("is wrong")).toBeVisible();
  await dialog.getByLabel("Your password").fill(own);
  await dialog.getByRole("button", { name: "Close account" }).click();
  await expect(page.getByText("Your account is closed")).toBeVisible();

  const { link } = await newestMail(email, /account is closed/i);
  await page.goto(link);
  await page.getByRole("button", { name: "Restore my account" }).click();
  await expect(page.getByText("Your account is back")).toBeVisible();
  await page.goto(link);
  await page.getByRole("button", { name: "Restore my account" }).click();
  await expect(page.getByText("This link does not work any more")).toBeVisible();
});

test("an address is changed by the mail to the new one, and kept by the mail to the old one", async ({
  page,
  signedIn,
}) => {
  const { email, password: own } = await newMember();
  const next = newAddress();
  await signedIn({ email, password: own });
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Change address" }).click();
  const dialog = page.getByRole("dialog", { name: "Change your address" });
  await dialog.getByLabel("New address").fill(demo.visitor.email);
  await dialog.getByLabel("Your password").fill(own);
  await dialog.getByRole("button", { name: "Send the mail" }).click();
  await expect(dialog.getByText("New address is in use.")).toBeVisible();
  await dialog.getByLabel("New address").fill(next);
  await dialog.getByRole("button", { name: "Send the mail" }).click();
  await expect(page.getByText(`We have written to ${next}`)).toBeVisible();

  await page.goto((await newestMail(next, /confirm your new/i)).link);
  await page.getByRole("button", { name: "Use this address" }).click();
  await expect(page.getByText("Your address is changed")).toBeVisible();
  await page.goto("/settings/account");
  await expect(page.getByText(next)).toBeVisible();

  await page.goto((await newestMail(email, /about to change/i)).link);
  await page.getByRole("button", { name: "Keep this address" }).click();
  await expect(page.getByText("Your address stays")).toBeVisible();
  await page.goto("/settings/account");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("everything that is kept of a person can be taken along", async ({ page, signedIn }) => {
  const member = await newMember();
  await signedIn(member);
  await page.goto("/settings/account");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download my data" }).click();
  const file = await (await download).path();
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ email: member.email });
});
