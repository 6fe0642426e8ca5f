import { newMember } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";
import { stage } from "./stage/stage";

test("a plan says what it allows and how long it runs, and stops renewing when it is told to", async ({
  page,
  signedIn,
}) => {
  const member = await newMember("Sue Scriber");
  await signedIn(member);
  await page.goto("/settings/subscription");
  await expect(page.getByText("No plan")).toBeVisible();

  await grant(member.token, { planName: "Studio", termMonths: 1, maxDevices: 3 });
  await rest("POST /v1/users/me/devices", {
    token: member.token,
    json: { token: `of ${member.email}`, platform: "ios" },
  });
  await page.reload();
  await expect(page.getByRole("heading", { name: "Studio" })).toBeVisible();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await expect(page.getByText("1 of 3 used")).toBeVisible();
  const terms = page.getByRole("term");
  await expect(terms.first()).toHaveText("Renews");

  const renewal = page.getByRole("switch", { name: "Renew by itself" });
  const saved = page.waitForResponse((answer) => answer.url().includes("profile.updatePerson") && answer.ok());
  await page.getByText("Renew by itself").click();
  await expect(renewal).not.toBeChecked();
  await expect(terms.first()).toHaveText("Ends");
  await saved;
  await page.reload();
  await expect(page.getByRole("switch", { name: "Renew by itself" })).not.toBeChecked();
});

/** As an administrator does, by the procedure that no surface has. */
async function grant(token: string, plan: { planName: string; termMonths: number; maxDevices: number }): Promise<void> {
  const { access_token: administrator } = await rest<{ access_token: string }>("POST /v1/auth/login", {
    json: stage().administrator,
  });
  const userId = await uuidOf(token);
  const answer = await fetch(`${stage().apiUrl}/trpc/subscription.grant`, {
    method: "POST",
    headers: { authorization: `Bearer ${administrator}`, "content-type": "application/json" },
    body: JSON.stringify({ userId, ...plan }),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

async function uuidOf(token: string): Promise<string> {
  const answer = await fetch(`${stage().apiUrl}/trpc/profile.person`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await answer.json()) as { result: { data: { id: string } } }).result.data.id;
}
