import { newAddress } from "./fixtures/people";
import { rest } from "./fixtures/rest";
import { expect, test } from "./fixtures/test";
import { stage } from "./stage/stage";

test("a page of ours reads and writes the documented API with the session of its browser", async ({
  page,
  context,
  signedIn,
}) => {
  const robin = { email: newAddress(), password: "correct horse battery", displayName: "Robin Vale" };
  const { displayName: display_name, ...credentials } = robin;
  await rest("POST /v1/auth/register", { json: { ...credentials, display_name } });
  await signedIn(robin);
  await page.goto("/dashboard");
  const asked = await page.evaluate(async () => {
    const read = await fetch("/api/user");
    const json = { "content-type": "application/json" };
    const written = await fetch("/api/user/update", {
      method: "PATCH",
      headers: json,
      body: JSON.stringify({ displayName: "Robin of the Vale" }),
    });
    return { read: [read.status, await read.json()], written: [written.status, await written.json()] };
  });
  expect(asked.read).toEqual([200, expect.objectContaining({ email: robin.email, displayName: robin.displayName })]);
  expect(asked.written).toEqual([200, expect.objectContaining({ displayName: "Robin of the Vale" })]);

  // The same cookie, from where it may not come.
  const patch = (url: string, headers: Record<string, string>) =>
    context.request.patch(url, { headers, data: { displayName: "Mallory" } });
  for (const url of [`${stage().webUrl}/api/user/update`, `${stage().apiUrl}/api/user/update`]) {
    expect((await patch(url, { origin: "https://evil.example" })).status()).toBe(403);
    expect((await patch(url, {})).status()).toBe(403);
  }
  const elsewhere = await context.request.get("/api/user", { headers: { "sec-fetch-site": "cross-site" } });
  expect(elsewhere.status()).toBe(401);
  expect(await (await context.request.get("/api/user")).json()).toMatchObject({ displayName: "Robin of the Vale" });
});

test("nobody who has signed out is heard there", async ({ page, context }) => {
  await page.goto("/sign-in");
  expect(await page.evaluate(async () => (await fetch("/api/user")).status)).toBe(401);
  const answer = await context.request.get("/api/user/identities");
  expect([answer.status(), answer.headers()["www-authenticate"]]).toEqual([
    401,
    expect.stringContaining("next-auth.session-token"),
  ]);
});
