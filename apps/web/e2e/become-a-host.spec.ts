import type { Page } from "@playwright/test";
import { newestMail } from "./fixtures/mails";
import { demo, newAddress, newHost, newMember, newUsername } from "./fixtures/people";
import { pngOf } from "./fixtures/pictures";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";
import { stage } from "./stage/stage";

const password = "correct horse battery";

test("from nobody to a live page: mail, document, approval, and every step between", async ({ page, openBrowser }) => {
  const email = newAddress();
  const username = newUsername();
  await page.goto("/become-a-host");
  await page.getByRole("main").getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Name").fill("Robin Vale");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();

  await expect(page.getByRole("heading", { name: "Open the link in our mail" })).toBeVisible();
  const { link } = await newestMail(email, /confirm/i);
  const mailTab = await page.context().newPage();
  await mailTab.goto(link);
  await expect(mailTab.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
  await mailTab.close();
  await expect(page.getByRole("heading", { name: "Show that you are 18 or older" })).toBeVisible();

  await page.getByLabel("Date of birth").fill("1990-05-15");
  await chooseFile(page, "Choose a file", passport());
  await page.getByRole("button", { name: "Send for review" }).click();

  await expect(page.getByRole("heading", { name: "Choose your address" })).toBeVisible();
  await page.getByLabel("Username").fill(username);
  await expect(page.getByText("It is free.")).toBeVisible();
  await page.getByLabel("Bio").fill("Bread, from flour to crust.");
  await goOn(page);

  await expect(page.getByRole("heading", { name: "What is a minute with you worth?" })).toBeVisible();
  await page.getByLabel("Rate").fill("4");
  await page.getByLabel("Window").fill("15");
  await expect(page.getByText("$60.00 for a window of 15 minutes")).toBeVisible();
  await goOn(page);

  await expect(page.getByRole("heading", { name: "When are you usually there?" })).toBeVisible();
  await page.getByRole("button", { name: "Evenings" }).click();
  await goOn(page);

  await expect(page.getByRole("heading", { name: "Show your face" })).toBeVisible();
  await page.getByRole("link", { name: "Later" }).click();

  await expect(page.getByRole("heading", { name: "Nearly there" })).toBeVisible();
  await expect(page.getByText("Age: we are looking at your document")).toBeVisible();
  await decide(email, "approve");
  await expect(page.getByRole("heading", { name: "Ready when you are" })).toBeVisible({ timeout: 40_000 });
  await page.getByRole("button", { name: "Go live" }).click();
  await expect(page).toHaveURL(new RegExp(`/${username}$`));

  const visitor = await (await openBrowser()).newPage();
  await visitor.goto(`/${username}`);
  await expect(visitor.getByRole("heading", { level: 1 })).toContainText("Robin Vale");
  const profile = await rest(`GET /v1/users/${username}`);
  expect(profile).toMatchObject({
    rate_per_minute: "4.00",
    window_size_minutes: 15,
    bio: "Bread, from flour to crust.",
  });
});

test("where one stands is kept, step by step, on any device", async ({ page, signedIn, openBrowser }) => {
  const member = await newMember();
  const username = newUsername();
  await signedIn(member);
  await page.goto("/become-a-host?step=page");
  await page.getByLabel("Username").fill(username);
  await goOn(page);
  await page.getByLabel("Rate").fill("7.50");
  await goOn(page);
  await expect(page.getByRole("heading", { name: "When are you usually there?" })).toBeVisible();

  const other = await (await openBrowser({}, member)).newPage();
  await other.goto("/become-a-host");
  await expect(other.getByRole("heading", { name: "Show that you are 18 or older" })).toBeVisible();
  await other.goto("/become-a-host?step=rate");
  await expect(other.getByLabel("Rate")).toHaveValue("7.50");
  await other.goto("/become-a-host?step=live");
  await expect(other.getByText(`/${username}`)).toBeVisible();
  await expect(other.getByRole("button", { name: "Go live" })).toHaveCount(0);
});

test("a username that cannot be had is said while it is typed, and refused when it is saved", async ({
  page,
  signedIn,
}) => {
  const host = await newHost();
  await signedIn(await newMember());
  await page.goto("/become-a-host?step=page");
  const field = page.getByLabel("Username");
  await field.fill(host.username.toUpperCase());
  await expect(page.getByText("Username is taken.")).toBeVisible();
  await field.fill("settings");
  await expect(page.getByText("Username is reserved.")).toBeVisible();
  await field.fill(host.username);
  await goOn(page);
  await expect(page.getByText("Username is taken.").first()).toBeVisible();
  await expect(page).toHaveURL(/step=page$/);
});

test("a child, a missing document and a wrong one are refused before anything is sent", async ({ page, signedIn }) => {
  await signedIn(await newMember());
  await page.goto("/become-a-host?step=age");
  const send = page.getByRole("button", { name: "Send for review" });
  await send.click();
  await expect(page.getByText("Date of birth is needed.")).toBeVisible();
  await expect(page.getByText("Document is needed.")).toBeVisible();
  await page.getByLabel("Date of birth").fill(`${new Date().getFullYear() - 17}-01-01`);
  await chooseFile(page, "Choose a file", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("Me.") });
  await send.click();
  await expect(page.getByText("Date of birth must be at least 18 years ago.")).toBeVisible();
  await expect(page.getByText("Document must be a JPEG, PNG or WebP image or a PDF.")).toBeVisible();
  // What only claims to be a picture is told by the server.
  await page.getByLabel("Date of birth").fill("1990-05-15");
  await chooseFile(page, "Choose another", { name: "a.png", mimeType: "image/png", buffer: Buffer.from("Not one.") });
  await send.click();
  await expect(page.getByText("Document must be a JPEG, PNG or WebP image or a PDF.")).toBeVisible();
});

test("a refused document shows the reason, and another can be sent", async ({ page, signedIn }) => {
  const member = await newMember();
  await signedIn(member);
  await sendDocument(page);
  await page.goto("/become-a-host?step=age");
  await expect(page.getByRole("heading", { name: "We are looking at your document" })).toBeVisible();
  await decide(member.email, "reject", "The picture is too dark to read.");
  await expect(page.getByText("The picture is too dark to read.")).toBeVisible({ timeout: 40_000 });
  await sendDocument(page);
  await page.goto("/become-a-host?step=age");
  await expect(page.getByRole("heading", { name: "We are looking at your document" })).toBeVisible();
});

test("those who are hosts already come to their page", async ({ page, signedIn }) => {
  const host = await newHost();
  await signedIn(host);
  await page.goto("/become-a-host");
  await expect(page).toHaveURL(new RegExp(`/${host.username}$`));
});

test("administrators are told that they cannot be hosts", async ({ page, signedIn }) => {
  await signedIn(demo.administrator);
  await page.goto("/become-a-host");
  await expect(page.getByRole("heading", { name: "Administrators cannot be hosts" })).toBeVisible();
});

async function goOn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save and go on" }).click();
}

async function sendDocument(page: Page): Promise<void> {
  await page.goto("/become-a-host?step=age");
  await page.getByLabel("Date of birth").fill("1990-05-15");
  await chooseFile(page, "Choose a file", passport());
  await page.getByRole("button", { name: "Send for review" }).click();
  await expect(page.getByRole("heading", { name: "Choose your address" })).toBeVisible();
}

function passport() {
  return { name: "passport.png", mimeType: "image/png", buffer: pngOf([90, 120, 110]) };
}

async function chooseFile(page: Page, button: string, file: ReturnType<typeof passport>): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button }).click();
  await (await chooser).setFiles(file);
}

async function decide(email: string, verdict: "approve" | "reject", reason?: string): Promise<void> {
  const { access_token: token } = await rest<{ access_token: string }>("POST /v1/auth/login", {
    json: stage().administrator,
  });
  const { data } = await rest<{ data: { id: string; email: string }[] }>(
    "GET /v1/admin/age-verifications?per_page=100",
    { token },
  );
  const request = data.find((candidate) => candidate.email === email);
  expect(request, `a request of ${email}`).toBeDefined();
  await rest(`POST /v1/admin/age-verifications/${request?.id}/${verdict}`, {
    token,
    ...(reason && { json: { reason } }),
  });
}
