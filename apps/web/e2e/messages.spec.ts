import type { Page } from "@playwright/test";
import { newHost, newMember } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

async function write(page: Page, content: string, visibility: "public" | "private"): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(content);
  await page.getByRole("combobox", { name: "Who may read it" }).selectOption(visibility);
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("");
}

test("what a host posts in public stands on their page, until they remove it", async ({
  page,
  signedIn,
  openBrowser,
}) => {
  const host = await newHost();
  await signedIn(host);
  await page.goto(`/${host.username}`);
  await page.getByRole("link", { name: "Write a message" }).click();
  await expect(page.getByText("Nothing yet")).toBeVisible();
  await write(page, "The oven is hot at six.", "public");
  await write(page, "Buy rye for Thursday.", "private");
  const list = page.getByRole("region", { name: "Your messages" });
  await expect(list.getByRole("listitem")).toContainText([/Buy rye for Thursday.*Private/s, "The oven is hot at six."]);

  const visitor = await (await openBrowser()).newPage();
  await visitor.goto(`/${host.username}`);
  const posts = visitor.getByRole("region", { name: "Messages" });
  await expect(posts.getByText("The oven is hot at six.")).toBeVisible();
  await expect(visitor.getByText("Buy rye")).toHaveCount(0);

  await page.getByRole("button", { name: "Remove: The oven is hot at six." }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Message removed.")).toBeVisible();
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await visitor.reload();
  await expect(visitor.getByRole("heading", { name: host.displayName })).toBeVisible();
  await expect(posts).toHaveCount(0);
});

test("what could not be posted or removed is still there, with a message", async ({ page, signedIn }) => {
  await signedIn(await newHost());
  await page.goto("/settings/messages");
  await write(page, "Kept for later.", "public");
  await page.route(/messages\.(post|remove)/, (route) => route.abort());
  await page.getByRole("textbox", { name: "Message" }).fill("Never sent.");
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByText("What you typed is still here.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("Never sent.");
  await page.getByRole("button", { name: "Remove: Kept for later." }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("The message is still there.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove: Kept for later." })).toBeVisible();
});

test("a message is as long as its author allows, and no longer", async ({ page, signedIn }) => {
  await signedIn(await newMember());
  await page.goto("/settings/preferences");
  await page.getByLabel("Longest message").fill("0");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Longest message must be at least 1.")).toBeVisible();
  await page.getByLabel("Longest message").fill("12");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Preferences saved.")).toBeVisible();

  await page.goto("/settings/messages");
  await page.getByRole("textbox", { name: "Message" }).fill("Thirteen char");
  await expect(page.getByText("13 / 12")).toBeVisible();
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByText("The message must be at most 12 characters.")).toBeVisible();
  await write(page, "Twelve chars", "public");
  await expect(page.getByRole("button", { name: "Remove: Twelve chars" })).toBeVisible();
});

test("one reads whom one prefers, and others by a press", async ({ page, signedIn }) => {
  const reader = await newMember("Noor Khan");
  await signedIn(reader);
  await page.goto("/settings/preferences");
  await page.getByLabel("Whose messages I read").selectOption("my_messages");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Preferences saved.")).toBeVisible();

  await page.goto("/messages");
  await expect(page.getByRole("link", { name: "Mine" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByText("Nothing to read yet")).toBeVisible();
  await page.getByRole("link", { name: "Everybody" }).click();
  await expect(page).toHaveURL(/view=all_messages/);
  await expect(page.getByRole("article", { name: /^Message of / })).not.toHaveCount(0);
});
