import type { Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/looks";
import { newestMail } from "./fixtures/mails";
import { demo, type Member, newMember } from "./fixtures/people";
import { pictureFile } from "./fixtures/pictures";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";
import { stage } from "./stage/stage";

test("an administrator sees the document and rejects it with a reason, which is mailed", async ({ page, signedIn }) => {
  const applicant = await newApplicant("Ada Applicant");
  await signedIn(stage().administrator);
  await page.goto("/admin");
  const request = page.getByRole("listitem").filter({ hasText: applicant.email });
  await expect(request.getByRole("img", { name: "The document of Ada Applicant" })).toHaveJSProperty(
    "naturalWidth",
    800,
  );

  await request.getByRole("button", { name: "Reject" }).click();
  const dialog = page.getByRole("dialog", { name: "Reject Ada Applicant?" });
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(dialog.getByText("The reason must not be empty.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("The date of birth is covered.");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(page.getByText("Ada Applicant was rejected.")).toBeVisible();
  await expect(request).toHaveCount(0);
  expect((await newestMail(applicant.email, /age/i)).text).toContain("The date of birth is covered.");
});

test("an approval makes the person's age count as verified", async ({ page, signedIn }) => {
  const applicant = await newApplicant("Bo Applicant");
  await signedIn(stage().administrator);
  await page.goto("/admin");
  const request = page.getByRole("listitem").filter({ hasText: applicant.email });
  await request.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("Bo Applicant is verified.")).toBeVisible();
  const me = await rest("GET /v1/users/me", { token: applicant.token });
  expect(me).toMatchObject({ is_age_verified: true });
});

test("a document is nobody else's to see, and can run nothing", async ({ page, signedIn, openBrowser }) => {
  const applicant = await newApplicant("Cy Applicant");
  await signedIn(stage().administrator);
  await page.goto("/admin");
  const request = page.getByRole("listitem").filter({ hasText: applicant.email });
  const address = (await request.getByRole("img").getAttribute("src")) ?? "";
  const answer = await page.request.get(address);
  expect(answer.status()).toBe(200);
  expect(answer.headers()).toMatchObject({
    "content-type": "image/png",
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox"),
  });
  for (const person of [undefined, demo.visitor, applicant]) {
    const browser = await openBrowser({}, person);
    expect((await browser.request.get(address)).status()).toBe(404);
  }
});

test("people are found by a part of their address", async ({ page, signedIn }) => {
  const member = await newMember("Dee Findable");
  await signedIn(stage().administrator);
  await page.goto("/admin/people");
  await page.getByRole("searchbox").fill(member.email.slice(0, 20));
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await expect(page.getByText("1 person matching")).toBeVisible();
  await expect(page.getByRole("rowheader", { name: /Dee Findable/ })).toBeVisible();
});

test("a person is banned with a reason, is out at once, and is let in again", async ({
  page,
  signedIn,
  openBrowser,
}) => {
  const member = await newMember("Edd Banned");
  const theirs = await (await openBrowser({}, member)).newPage();
  await theirs.goto("/settings/account");
  await signedIn(stage().administrator);
  await page.goto(`/admin/people?q=${member.email}`);
  const row = page.getByRole("row").filter({ hasText: member.email });
  await expect(row.getByRole("cell", { name: /Active/ })).toBeVisible();

  await row.getByRole("button", { name: "Ban Edd Banned" }).click();
  const question = page.getByRole("alertdialog", { name: "Ban Edd Banned?" });
  await question.getByLabel("Reason").fill("Sells places that do not exist.");
  await question.getByRole("button", { name: "Ban", exact: true }).click();
  await expect(row.getByRole("cell", { name: /Banned.*Sells places that do not exist/ })).toBeVisible();
  await expect(row.getByRole("button", { name: /plan/ })).toHaveCount(0);
  expect((await newestMail(member.email, /banned/i)).text).toContain("Sells places that do not exist.");

  await theirs.goto("/settings/account");
  await expect(theirs).toHaveURL(/sign-in/);
  await enter(theirs, member);
  await expect(theirs.getByText("This account was banned by an administrator.")).toBeVisible();

  await row.getByRole("button", { name: "Lift the ban of Edd Banned" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Lift the ban" }).click();
  await expect(row.getByRole("cell", { name: /Active/ })).toBeVisible();
  await newestMail(member.email, /open again/i);
  await enter(theirs, member);
  await expect(theirs.getByRole("heading", { name: "Account", exact: true })).toBeVisible();
});

test("an administrator grants a plan, which its owner sees, changes it and ends it", async ({
  page,
  signedIn,
  openBrowser,
}) => {
  const member = await newMember("Fay Planned");
  const theirs = await (await openBrowser({}, member)).newPage();
  await signedIn(stage().administrator);
  await page.goto(`/admin/people?q=${member.email}`);
  const row = page.getByRole("row").filter({ hasText: member.email });
  await expect(row.getByRole("cell", { name: /No plan/ })).toBeVisible();
  await expect(row.getByRole("button", { name: "End the plan of Fay Planned" })).toHaveCount(0);

  await row.getByRole("button", { name: "Grant a plan to Fay Planned" }).click();
  const form = page.getByRole("dialog", { name: "A plan for Fay Planned" });
  await form.getByLabel("Months").fill("121");
  await form.getByRole("button", { name: "Grant", exact: true }).click();
  await expect(form.getByText("Plan must not be empty.")).toBeVisible();
  await expect(form.getByText("Months must be at most 120.")).toBeVisible();
  await expect(form.getByText("Devices must be a whole number.")).toBeVisible();
  await expect(form.getByLabel("Plan", { exact: true })).toBeFocused();
  await expectAccessible(page, "the form of a plan");
  await form.getByLabel("Plan", { exact: true }).fill("Journey");
  await form.getByLabel("Months").fill("12");
  await form.getByLabel("Devices").fill("3");
  await form.getByRole("button", { name: "Grant", exact: true }).click();
  await expect(page.getByText("Fay Planned has the plan Journey now.")).toBeVisible();
  await expect(row.getByRole("cell", { name: /Journey\s*Active, renews/ })).toBeVisible();
  await expect(row.getByRole("button", { name: "Change the plan of Fay Planned" })).toBeFocused();

  await theirs.goto("/settings/subscription");
  await expect(theirs.getByRole("heading", { name: "Journey" })).toBeVisible();
  await expect(theirs.getByText("0 of 3 used")).toBeVisible();
  const saved = theirs.waitForResponse((answer) => answer.url().includes("profile.updatePerson") && answer.ok());
  await theirs.getByText("Renew by itself").click();
  await expect(theirs.getByRole("term").first()).toHaveText("Ends");
  await saved;

  await page.reload();
  await expect(row.getByRole("cell", { name: /Journey\s*Active until/ })).toBeVisible();
  await row.getByRole("button", { name: "Change the plan of Fay Planned" }).click();
  const change = page.getByRole("dialog", { name: "Another plan for Fay Planned" });
  await expect(change.getByText("Journey ends at once")).toBeVisible();
  await expect(change.getByLabel("Months")).toHaveValue("12");
  await change.getByLabel("Plan", { exact: true }).fill("Voyage");
  await change.getByLabel("Plan", { exact: true }).press("Enter");
  await expect(row.getByRole("cell", { name: /Voyage\s*Active until/ })).toBeVisible();

  await endPlan(page, "Fay Planned");
  await expect(page.getByText("The plan of Fay Planned has ended.")).toBeVisible();
  await expect(row.getByRole("cell", { name: /Voyage\s*Ended/ })).toBeVisible();
  await expect(row.getByRole("button", { name: "Grant a plan to Fay Planned" })).toBeFocused();
  await theirs.reload();
  await expect(theirs.getByText("Ended", { exact: true })).toBeVisible();
  await expect(theirs.getByRole("term").first()).toHaveText("Would have run until");
});

test("a plan that somebody else has ended meanwhile is not ended again, and the list says so", async ({
  page,
  signedIn,
}) => {
  const member = await newMember("Gil Planned");
  await signedIn(stage().administrator);
  await page.goto(`/admin/people?q=${member.email}`);
  await page.getByRole("button", { name: "Grant a plan to Gil Planned" }).click();
  const form = page.getByRole("dialog", { name: "A plan for Gil Planned" });
  await form.getByLabel("Plan", { exact: true }).fill("Brief");
  await form.getByLabel("Devices").fill("1");
  await form.getByRole("button", { name: "Grant", exact: true }).click();
  await expect(page.getByRole("cell", { name: /Brief\s*Active/ })).toBeVisible();

  const elsewhere = await page.context().newPage();
  await elsewhere.goto(`/admin/people?q=${member.email}`);
  await endPlan(elsewhere, "Gil Planned");
  await expect(elsewhere.getByText("The plan of Gil Planned has ended.")).toBeVisible();
  await endPlan(page, "Gil Planned");
  await expect(page.getByText("Nothing was left to end: Gil Planned has no plan in force any more.")).toBeVisible();
  await expect(page.getByRole("cell", { name: /Brief\s*Ended/ })).toBeVisible();
});

test("for everybody else there is no administration", async ({ page, signedIn }) => {
  await signedIn(demo.host);
  const answer = await page.goto("/admin");
  expect(answer?.status()).toBe(404);
});

async function endPlan(page: Page, displayName: string): Promise<void> {
  await page.getByRole("button", { name: `End the plan of ${displayName}` }).click();
  const question = page.getByRole("alertdialog", { name: `End the plan of ${displayName}?` });
  await question.getByRole("button", { name: "End the plan" }).click();
}

async function enter(page: Page, { email, password }: Member): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

/** Somebody whose document waits for a decision. */
async function newApplicant(displayName: string): Promise<Member> {
  const member = await newMember(displayName);
  const form = new FormData();
  form.set("birth_date", "1990-05-15");
  form.set("document", pictureFile("passport.png"));
  await rest("POST /v1/users/me/age-verification", { token: member.token, form });
  return member;
}
