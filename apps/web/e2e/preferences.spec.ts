import type { Page } from "@playwright/test";
import { newAddress, newHost, newMember } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";

const [lightPaper, darkPaper] = ["rgb(251, 250, 247)", "rgb(20, 19, 17)"];
const expectPaper = (page: Page, colour: string) => expect(page.locator("html")).toHaveCSS("background-color", colour);

test("a chosen theme is on every page from its first byte on, wherever one signs in", async ({
  page,
  signedIn,
  openBrowser,
}) => {
  const member = await newMember();
  await signedIn(member);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/settings/preferences");
  await expectPaper(page, lightPaper);
  await page.getByRole("radio", { name: "Dark", exact: true }).check({ force: true });
  await expectPaper(page, darkPaper);
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expectPaper(page, darkPaper);
  await expect(page.getByRole("radio", { name: "Dark", exact: true })).toBeChecked();
  expect(await (await page.request.get("/")).text()).toContain('data-theme="dark"');

  const elsewhere = await (await openBrowser({ colorScheme: "light" }, member)).newPage();
  await elsewhere.goto("/dashboard");
  await expectPaper(elsewhere, darkPaper);
  await elsewhere.goto("/settings/preferences");
  await elsewhere.getByRole("radio", { name: "As on this device" }).check({ force: true });
  await expectPaper(elsewhere, lightPaper);
  await expect(elsewhere.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expectPaper(page, lightPaper);
});

test("a theme that could not be kept is taken back, with a message", async ({ page, signedIn }) => {
  await signedIn(await newMember());
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/settings/preferences");
  await page.route(/profile\.updatePreferences/, (route) => route.abort());
  await page.getByRole("radio", { name: "Dark", exact: true }).check({ force: true });
  await expect(page.getByText("You seem to be offline.", { exact: false })).toBeVisible();
  await expect(page.getByRole("radio", { name: "As on this device" })).toBeChecked();
  await expectPaper(page, lightPaper);
});

test("a chosen time zone is how times look from then on, on other devices as well", async ({
  page,
  signedIn,
  openBrowser,
}) => {
  const host = await newHost();
  await signedIn(host);
  await page.goto("/settings/preferences");
  await page.getByRole("combobox", { name: "Time zone" }).fill("Tokyo");
  await page.getByRole("option", { name: "Asia / Tokyo" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goto("/dashboard");
  await expect(page.getByText("Times in Asia / Tokyo, GMT+9")).toBeVisible();

  const elsewhere = await (await openBrowser({}, host)).newPage();
  await elsewhere.goto("/dashboard");
  await expect(elsewhere.getByText("Times in Asia / Tokyo, GMT+9")).toBeVisible();
});

test("a private account is in no list, and its messages are its own", async ({ page, signedIn, openBrowser }) => {
  const host = await newHost("Quiet Person");
  await signedIn(host);
  await page.goto("/settings/messages");
  await page.getByRole("textbox", { name: "Message" }).fill("Seen by all, for now.");
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByRole("button", { name: "Remove: Seen by all, for now." })).toBeVisible();

  const visitor = await (await openBrowser()).newPage();
  const found = visitor.getByRole("link", { name: /Quiet Person/ });
  const search = `/?q=${host.username}`;
  await visitor.goto(search);
  await expect(found).toHaveCount(1);

  await page.goto("/settings/preferences");
  await page.getByRole("switch", { name: /^Private account/ }).check({ force: true });
  await expect(page.getByText("Your account is private.")).toBeVisible();
  await visitor.goto(search);
  await expect(visitor.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(found).toHaveCount(0);
  await visitor.goto(`/${host.username}`);
  await expect(visitor.getByRole("heading", { name: "Quiet Person" })).toBeVisible();
  await expect(visitor.getByText("Seen by all")).toHaveCount(0);
  await expect(visitor.locator('meta[name="robots"]')).toHaveAttribute("content", "noindex");
});

test("the bell leads to as many notifications at once as one prefers", async ({ page, signedIn }) => {
  const host = await newHost();
  const { id } = await rest<{ id: string }>("GET /v1/users/me", { token: host.token });
  for (let count = 0; count < 11; count += 1) {
    const json = { email: newAddress(), password: host.password, display_name: `Follower ${count}` };
    const { access_token: token } = await rest<{ access_token: string }>("POST /v1/auth/register", { json });
    await rest(`POST /v1/users/${id}/follow`, { token });
  }
  await signedIn(host);
  const rows = page.getByRole("main").getByRole("listitem").filter({ hasText: "follows you" });
  await page.goto("/notifications");
  await expect(rows).toHaveCount(11);
  await page.goto("/settings/preferences");
  await page.getByLabel("Notifications on a page").selectOption("10");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Preferences saved.")).toBeVisible();
  await page.goto("/notifications");
  await expect(rows).toHaveCount(10);
  await expect(page.getByText("Page 1 of 2")).toBeVisible();
});
