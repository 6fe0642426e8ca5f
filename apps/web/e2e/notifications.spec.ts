import { newBookableHost, openingsOf } from "./fixtures/bookings";
import { type Member, newHost, newMember } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";

/** A host whom these people follow, in this order. */
async function hostFollowedBy(...names: string[]): Promise<Member> {
  const host = await newHost();
  const { id } = await rest<{ id: string }>("GET /v1/users/me", { token: host.token });
  for (const name of names) {
    const { token } = await newMember(name);
    await rest(`POST /v1/users/${id}/follow`, { token });
  }
  return host;
}

test("the bell rings where one is, and leads to what happened", async ({ page, signedIn }) => {
  const host = await newBookableHost("Ada Stone");
  const visitor = await newMember("Noor Khan");
  await signedIn(host);
  await page.goto("/settings/profile");
  await expect(page.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();

  const [start] = await openingsOf(host);
  const json = { host_username: host.username, start, duration_minutes: 30 };
  await rest("POST /v1/schedule/bookings", { token: visitor.token, json });
  await page.getByRole("link", { name: "Notifications, 1 unread" }).click();
  await expect(page.getByRole("heading", { name: "Notifications" })).toBeVisible();
  await page.getByRole("link", { name: "Your conversation with Noor Khan is confirmed" }).click();
  await expect(page).toHaveURL(/\/bookings\/[\w-]+$/);
  await expect(page.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();
});

test("one is marked as read, then all, by keyboard, and it stays so", async ({ page, signedIn }) => {
  await signedIn(await hostFollowedBy("Luis Ortega", "Mei Tan", "Omar Haddad"));
  await page.goto("/notifications");
  const rows = page.getByRole("main").getByRole("listitem").filter({ hasText: "follows you" });
  await expect(rows).toContainText([/Omar Haddad/, /Mei Tan/, /Luis Ortega/]);
  await page.getByRole("button", { name: "Mark as read: Mei Tan follows you" }).press("Enter");
  await expect(page.getByRole("link", { name: "Mei Tan follows you" })).toBeFocused();
  await expect(page.getByRole("link", { name: "Notifications, 2 unread" })).toBeVisible();

  await page.getByRole("link", { name: "Unread (2)" }).click();
  await expect(page).toHaveURL(/unread=true/);
  await expect(rows).toContainText([/Omar Haddad/, /Luis Ortega/]);
  await page.getByRole("button", { name: "Mark all as read" }).press("Enter");
  await expect(page.getByText("All notifications are marked as read.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Notifications" })).toBeFocused();

  await page.reload();
  await expect(page.getByText("You have read all that we told you.")).toBeVisible();
  await page.getByRole("link", { name: "All", exact: true }).click();
  await expect(rows).toHaveCount(3);
  await expect(page.getByRole("button", { name: /Mark/ })).toHaveCount(0);
});

test("what could not be marked as read is unread again, with a message", async ({ page, signedIn }) => {
  await signedIn(await hostFollowedBy("Luis Ortega"));
  await page.goto("/notifications");
  await page.route(/notifications\.markRead/, (route) => route.abort());
  await page.getByRole("button", { name: "Mark as read: Luis Ortega follows you" }).click();
  await expect(page.getByText("Nothing was marked as read.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Mark as read: Luis Ortega follows you" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Notifications, 1 unread" })).toBeVisible();
});

test("who was told nothing reads what there will be", async ({ page, signedIn }) => {
  await signedIn(await newMember());
  await page.goto("/notifications");
  await expect(page.getByText("Nothing to tell yet")).toBeVisible();
});
