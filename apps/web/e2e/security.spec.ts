import type { APIRequestContext, APIResponse } from "@playwright/test";
import { demo, newMember } from "./fixtures/people";
import { routes, seers } from "./fixtures/routes";
import { expect, test } from "./fixtures/test";
import { stage } from "./stage/stage";

const foreign = "https://evil.example";

test("every page may run only what bears the nonce of its own request", async ({ openBrowser }) => {
  for (const seer of new Set(routes.map(({ seenBy }) => seenBy))) {
    const { request } = await openBrowser({}, seers[seer] ?? undefined);
    for (const { path } of routes.filter(({ seenBy }) => seenBy === seer)) {
      const [first, second] = [await request.get(path), await request.get(path)];
      const nonce = nonceOf(first);
      expect(nonce, path).not.toBe(nonceOf(second));
      const scripts = (await first.text()).match(/<script\b[^>]*>/g) ?? [];
      expect(scripts.length, path).toBeGreaterThan(0);
      // Data that nothing runs needs no nonce.
      const bare = scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`) && !tag.includes("application/ld+json"));
      expect(bare, path).toEqual([]);
    }
  }
});

test("no page may be framed, guessed at, or told where else to send its forms", async ({ request }) => {
  for (const path of ["/", `/${demo.hostUsername}`, "/sign-in", "/nobody-of-this-name"]) {
    const headers = (await request.get(path)).headers();
    expect(policyOf(headers), path).toMatchObject({
      "default-src": "'self'",
      "frame-ancestors": "'none'",
      "object-src": "'none'",
      "base-uri": expect.stringMatching(/^'(self|none)'$/),
      "form-action": "'self'",
    });
    expect(policyOf(headers)["script-src"], path).not.toMatch(/unsafe|\*|https?:/);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["x-powered-by"], path).toBeUndefined();
  }
});

test("a script that slipped into a page does not run", async ({ browser, baseURL }) => {
  // Not one of the browsers that are watched: here a complaint of the policy is what is looked for.
  const page = await browser.newPage({ baseURL });
  await page.goto("/sign-in");
  const title = await page.evaluate(async () => {
    const refused = new Promise((resolve) => document.addEventListener("securitypolicyviolation", resolve));
    document.body.insertAdjacentHTML("beforeend", `<img src="data:," alt="" onerror="document.title = 'broken in'">`);
    await refused;
    return document.title;
  });
  expect(title).toMatch(/Sign in/);
  await page.close();
});

test("what keeps a session is out of reach of scripts and of other sites", async ({ page, signedIn, context }) => {
  await signedIn(demo.visitor);
  await page.goto("/dashboard");
  const cookies = (await context.cookies()).filter(({ name }) => name.includes("next-auth"));
  expect(cookies.map(({ name }) => name)).toContain("next-auth.session-token");
  for (const { name, httpOnly, sameSite } of cookies) {
    expect({ name, httpOnly, sameSite }).toEqual({
      name,
      httpOnly: true,
      sameSite: expect.stringMatching(/Lax|Strict/),
    });
  }
  expect(await page.evaluate(() => document.cookie)).not.toContain("next-auth");
});

const strangers: Record<string, Record<string, string>> = {
  "another site's page": { origin: foreign, "sec-fetch-site": "cross-site" },
  "a page of a sibling": { origin: "https://blog.parley.example", "sec-fetch-site": "same-site" },
  "an older browser on another site": { origin: foreign },
  "a page without an origin": { origin: "null", "sec-fetch-site": "cross-site" },
  "a sandbox of an older browser": { origin: "null" },
  "something that says nothing of itself": {},
  "a page at our name, but not our port": { origin: "http://localhost:1" },
};

for (const [who, headers] of Object.entries(strangers)) {
  test(`${who} can change nothing`, async ({ signedIn, context }) => {
    const member = await newMember();
    await signedIn(member);
    const { request } = context;
    const rename = await request.post("/api/trpc/profile.update", { headers, data: { displayName: "Mallory" } });
    expect(rename.status()).toBe(403);
    for (const action of ["signout", "callback/credentials", "signin/credentials"]) {
      const answer = await request.post(`/api/auth/${action}`, {
        headers,
        form: { csrfToken: await csrfToken(request) },
      });
      expect(answer.status(), action).toBe(403);
    }
    const me = await request.get("/api/trpc/profile.me");
    expect(await me.json()).toMatchObject({ result: { data: { displayName: member.displayName } } });
  });
}

test("a change cannot be made by an address alone", async ({ signedIn, context }) => {
  await signedIn(await newMember());
  const input = encodeURIComponent(JSON.stringify({ displayName: "Mallory" }));
  const answer = await context.request.get(`/api/trpc/profile.update?input=${input}`);
  expect(answer.status()).toBe(405);
});

const traps = [
  foreign,
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "\\/evil.example",
  "javascript:alert(1)",
];

for (const trap of traps) {
  test(`signing in leads to no other site by next=${JSON.stringify(trap)}`, async ({ page, baseURL }) => {
    const member = await newMember();
    await page.goto(`/sign-in?next=${encodeURIComponent(trap)}`);
    await page.getByLabel("E-mail address").fill(member.email);
    await page.getByLabel("Password", { exact: true }).fill(member.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL(`${baseURL}/dashboard`);
    // Nor does it for those who are signed in already.
    await page.goto(`/sign-in?next=${encodeURIComponent(trap)}`);
    await expect(page).toHaveURL(`${baseURL}/dashboard`);
  });
}

test("signing in and out sends nobody elsewhere by callbackUrl", async ({ context, baseURL }) => {
  const member = await newMember();
  const { request } = context;
  const headers = { origin: stage().webUrl };
  const given = { callbackUrl: `${foreign}/`, json: "true" };
  const form = { ...given, csrfToken: await csrfToken(request), email: member.email, password: member.password };
  const entered = await request.post("/api/auth/callback/credentials", { headers, form });
  expect(new URL(((await entered.json()) as { url: string }).url).origin).toBe(baseURL);
  const left = await request.post("/api/auth/signout", { headers, form: { ...given, csrfToken: form.csrfToken } });
  expect(new URL(((await left.json()) as { url: string }).url).origin).toBe(baseURL);
});

test("the server refuses a picture over 5 MB, whatever the browser thought of it", async ({ signedIn, context }) => {
  await signedIn(await newMember());
  const upload = (bytes: number) =>
    context.request.post("/api/trpc/profile.replaceAvatar", {
      headers: { origin: stage().webUrl },
      multipart: { avatar: { name: "face.png", mimeType: "image/png", buffer: Buffer.alloc(bytes) } },
    });
  expect(await problemOf(await upload(5 * 1024 * 1024 + 1))).toBe("must be at most 5 MB");
  // At the limit it is looked at, and seen to be no picture.
  expect(await problemOf(await upload(5 * 1024 * 1024))).toBe("must be a JPEG, PNG, WebP or GIF image");
  // Far beyond it, it is not even read to its end.
  expect((await upload(20 * 1024 * 1024)).status()).toBe(400);
});

test("a form with a password never puts it into an address", async ({ openBrowser }) => {
  // Sent before any script has come.
  const stranger = await (await openBrowser({ javaScriptEnabled: false })).newPage();
  const member = await (await openBrowser({ javaScriptEnabled: false }, demo.visitor)).newPage();
  const pages = [
    [stranger, "/sign-in"],
    [stranger, "/sign-up"],
    [stranger, "/reset-password?token=none"],
    [member, "/settings/account"],
  ] as const;
  for (const [page, path] of pages) {
    await page.goto(path);
    await expect(page.locator("form:has([type=password])")).toHaveAttribute("method", "post");
  }
});

function nonceOf(answer: APIResponse): string {
  return /'nonce-([^']{16,})'/.exec(answer.headers()["content-security-policy"] ?? "")?.[1] ?? "none";
}

function policyOf(headers: Record<string, string>): Record<string, string> {
  const rules = (headers["content-security-policy"] ?? "").split(";").map((rule) => rule.trim().split(/ (.*)/s));
  return Object.fromEntries(rules.map(([name = "", value = ""]) => [name, value]));
}

async function csrfToken(request: APIRequestContext): Promise<string> {
  return ((await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string }).csrfToken;
}

async function problemOf(answer: APIResponse): Promise<string | undefined> {
  const body = (await answer.json()) as { error?: { data?: { failure?: { details?: { avatar?: string } } } } };
  return body.error?.data?.failure?.details?.avatar;
}
