import type { Page } from "@playwright/test";
import { expectAccessible, expectNoOverflow } from "./fixtures/looks";
import { newestMail } from "./fixtures/mails";
import { newAddress, newMember } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";

const invitation = /invited to an organization/i;

test("an organization is founded, joined by mail, passed on and left", async ({ page, signedIn, openBrowser }) => {
  const [ann, bob] = [await newMember("Ann Vale"), await newMember("Bob Vale")];
  await signedIn(ann);
  await page.goto("/settings/organizations");
  await expect(page.getByText("No organizations yet")).toBeVisible();
  await found(page, "Bakers of Kassel");

  await test.step("the last owner cannot leave", async () => {
    await page.getByRole("button", { name: "Leave organization" }).click();
    await answer(page, "Leave Bakers of Kassel?", "Leave");
    await expect(page.getByRole("alert").getByText(/An organization needs an owner/)).toBeVisible();
    await expectAccessible(page);
    await answer(page, "Leave Bakers of Kassel?", "Cancel");
  });

  const theirs = await (await openBrowser({}, bob)).newPage();
  await test.step("somebody else accepts what the mail offers", async () => {
    await page.getByLabel("E-mail address").fill(bob.email);
    await page.getByRole("combobox", { name: "Role", exact: true }).selectOption("Admin");
    await page.getByRole("button", { name: "Send invitation" }).click();
    const open = page.getByRole("list", { name: "Open invitations" });
    await expect(open.getByRole("listitem").filter({ hasText: bob.email })).toContainText("Admin");
    const { link } = await newestMail(bob.email, invitation);
    await theirs.goto(link);
    await expect(theirs.getByRole("heading", { name: "Join Bakers of Kassel" })).toBeVisible();
    await expect(theirs.getByText("Ann Vale would like to have you as an admin.")).toBeVisible();
    await theirs.getByRole("button", { name: "Accept" }).click();
    await expect(theirs).toHaveURL(/\/settings\/organizations\/[\w-]+$/);
    await expect(theirs.getByText("2 members. You are an admin.")).toBeVisible();
    await expect(theirs.getByRole("button", { name: "Delete organization" })).toHaveCount(0);
    // The link has done its work.
    await theirs.goto(link);
    await expect(theirs.getByText("You belong to Bakers of Kassel")).toBeVisible();
  });

  await test.step("an owner hands it on, and leaves", async () => {
    await page.reload();
    await expect(page.getByRole("list", { name: "Open invitations" })).toHaveCount(0);
    const members = page.getByRole("list", { name: "Members" });
    await expect(members.getByRole("listitem")).toContainText(["Ann Vale (you)", "Bob Vale"]);
    await members.getByLabel("Role of Bob Vale").selectOption("Owner");
    await expect(page.getByText("Bob Vale: Owner.")).toBeVisible();
    await page.getByRole("button", { name: "Leave organization" }).click();
    await answer(page, "Leave Bakers of Kassel?", "Leave");
    await expect(page).toHaveURL(/\/settings\/organizations$/);
    await expect(page.getByText("No organizations yet")).toBeVisible();
  });

  await test.step("its new owner renames and deletes it", async () => {
    await theirs.goto("/settings/organizations");
    await theirs.getByRole("link", { name: "Bakers of Kassel" }).click();
    // The list has a field of this name as well.
    await expect(theirs.getByRole("heading", { name: "Bakers of Kassel", level: 1 })).toBeVisible();
    await theirs.getByLabel("Name").fill("Millers");
    await theirs.getByRole("button", { name: "Rename" }).click();
    await expect(theirs.getByRole("heading", { name: "Millers", level: 1 })).toBeVisible();
    await theirs.getByRole("button", { name: "Delete organization" }).click();
    await answer(theirs, "Delete Millers?", "Delete");
    await expect(theirs).toHaveURL(/\/settings\/organizations$/);
    await expect(theirs.getByText("No organizations yet")).toBeVisible();
  });
});

test("whoever is invited without an account makes one, proves the address, and joins", async ({
  page,
  signedIn,
  openBrowser,
}) => {
  await signedIn(await newMember("Ann Vale"));
  await page.goto("/settings/organizations");
  await found(page, "Bakers of Kassel");
  const email = newAddress();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("E-mail address").press("Enter");
  const { link } = await newestMail(email, invitation);

  const theirs = await (await openBrowser()).newPage();
  await theirs.goto(link);
  await expectNoOverflow(theirs);
  await expectAccessible(theirs);
  await theirs.getByRole("main").getByRole("link", { name: "Create an account" }).click();
  await theirs.getByLabel("Name").fill("Robin Vale");
  await theirs.getByLabel("E-mail address").fill(email);
  await theirs.getByLabel("Password").fill("correct horse battery");
  await theirs.getByRole("button", { name: "Create account" }).click();
  await expect(theirs).toHaveURL(link);
  await expect(theirs.getByText("Open the link in our other mail first")).toBeVisible();

  const { link: proof } = await newestMail(email, /confirm/i);
  await rest("POST /v1/auth/verify-email", { json: { token: new URL(proof).searchParams.get("token") } });
  // The page that waited goes on by itself.
  await theirs.getByRole("button", { name: "Accept" }).click();
  await expect(theirs.getByText("2 members. You are a member.")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Send invitation" })).toHaveCount(0);

  await test.step("and is removed, by keyboard", async () => {
    await page.reload();
    await page.getByRole("button", { name: "Remove Robin Vale" }).press("Enter");
    const dialog = page.getByRole("alertdialog", { name: "Remove Robin Vale?" });
    // What changes nothing is nearest.
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("list", { name: "Members" }).getByRole("listitem")).toHaveCount(1);
    await theirs.reload();
    await expect(theirs.getByRole("heading", { name: "There is nobody at this address." })).toBeVisible();
  });
});

test("an invitation is refused to others, taken back, and declined", async ({ page, signedIn, openBrowser }) => {
  const [eve, bob] = [await newMember("Eve Vale"), await newMember("Bob Vale")];
  await signedIn(await newMember("Ann Vale"));
  await page.goto("/settings/organizations");
  await found(page, "Bakers of Kassel");
  const open = page.getByRole("list", { name: "Open invitations" }).getByRole("listitem");
  for (const { email } of [eve, bob]) {
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expect(open.filter({ hasText: email })).toHaveCount(1);
  }
  const [toEve, toBob] = [await newestMail(eve.email, invitation), await newestMail(bob.email, invitation)];

  const theirs = await (await openBrowser({}, eve)).newPage();
  await theirs.goto(toBob.link);
  await expect(theirs.getByText("This invitation is for another address")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Accept" })).toHaveCount(0);
  await expectNoOverflow(theirs);
  await expectAccessible(theirs);

  await theirs.goto(toEve.link);
  await expectNoOverflow(theirs);
  await expectAccessible(theirs);
  await theirs.getByRole("button", { name: "Decline" }).click();
  await expect(theirs.getByText("You have declined")).toBeVisible();

  await page.reload();
  await expect(open).toHaveCount(1);
  await page.getByRole("button", { name: `Revoke the invitation to ${bob.email}` }).click();
  await expect(open).toHaveCount(0);
  await expect(page.getByText("Invitation revoked.")).toBeVisible();
  for (const { link } of [toEve, toBob]) {
    await theirs.goto(link);
    await expect(theirs.getByText("This invitation does not work any more")).toBeVisible();
  }
});

async function found(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page).toHaveURL(/\/settings\/organizations\/[\w-]+$/);
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect(page.getByText("1 member. You are one of its owners.")).toBeVisible();
}

async function answer(page: Page, question: string, verb: string): Promise<void> {
  const dialog = page.getByRole("alertdialog", { name: question });
  await dialog.getByRole("button", { name: verb, exact: true }).click();
}
