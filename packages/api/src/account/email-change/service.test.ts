import { openProduct, type Product, type SignedIn } from "@parley/testing/product";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import { cancelEmailChange, confirmEmailChange, getEmailChange, requestEmailChange, undoEmailChange } from "./service";

let product: Product<Dependencies>;
let now: Date;
let count = 0;

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
});
afterAll(() => product.close());
beforeEach(() => {
  now = new Date();
});

const deps = () => ({ ...product.deps, clock: () => now });
const hoursLater = (hours: number) => new Date(now.getTime() + hours * 60 * 60 * 1000);
const accountOf = async ({ id }: SignedIn) =>
  (await product.sql("SELECT email, role, email_verified_at IS NOT NULL AS is_verified FROM users WHERE id = $1", [id]))
    .rows[0];
const isInvalid = (attempt: Promise<unknown>) =>
  expect(attempt).rejects.toMatchObject({ details: { token: "is not valid any more" } });

/** Asks for a change and reads both mails. */
async function requested(ann: SignedIn) {
  count += 1;
  const newEmail = `new-${count}@example.test`;
  await requestEmailChange(deps(), ann.actor, { newEmail });
  await product.runJobs(() => now);
  return { newEmail, confirm: await product.newestToken(newEmail), undo: await product.newestToken(ann.email) };
}

describe("a change of address", () => {
  test("waits for the new address to be proven, and changes nothing until then", async () => {
    const ann = await product.person({ isEmailVerified: true });
    const { newEmail, confirm } = await requested(ann);
    expect(await accountOf(ann)).toMatchObject({ email: ann.email, is_verified: true });
    expect(await getEmailChange(deps(), ann.actor)).toEqual({ newEmail, expiresAt: hoursLater(24).toISOString() });
    expect(await confirmEmailChange(deps(), { token: confirm })).toEqual({ email: newEmail });
    expect(await accountOf(ann)).toEqual({ email: newEmail, role: "verified_user", is_verified: true });
    expect(await getEmailChange(deps(), ann.actor)).toEqual({ newEmail: null, expiresAt: null });
    await isInvalid(confirmEmailChange(deps(), { token: confirm }));
    expect(await product.isSignedIn(ann)).toBe(true);
  });

  test("proves the new address alone: an account that was never proven is, afterwards", async () => {
    const ann = await product.person();
    const { confirm } = await requested(ann);
    await confirmEmailChange(deps(), { token: confirm });
    expect(await accountOf(ann)).toMatchObject({ role: "verified_user", is_verified: true });
  });

  test("is one at a time: a later request kills the link of the one before", async () => {
    const ann = await product.person();
    const first = await requested(ann);
    const second = await requested(ann);
    await isInvalid(confirmEmailChange(deps(), { token: first.confirm }));
    expect(await confirmEmailChange(deps(), { token: second.confirm })).toEqual({ email: second.newEmail });
  });

  test("is over after 24 hours, and once it is given up", async () => {
    const ann = await product.person();
    const { confirm } = await requested(ann);
    const before = now;
    now = hoursLater(24);
    await isInvalid(confirmEmailChange(deps(), { token: confirm }));
    now = before;
    const again = await requested(ann);
    await cancelEmailChange(deps(), ann.actor);
    await isInvalid(confirmEmailChange(deps(), { token: again.confirm }));
    expect(await accountOf(ann)).toMatchObject({ email: ann.email });
  });

  test("asks who asks, and refuses what cannot be", async () => {
    const [ann, bob] = [await product.person({}, { signedInMinutesAgo: 11 }), await product.person()];
    const ask = (input: { newEmail: string; password?: string }) => requestEmailChange(deps(), ann.actor, input);
    await expect(ask({ newEmail: "x@example.test" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(ask({ newEmail: "x@example.test", password: "no" })).rejects.toMatchObject({
      details: { password: "is wrong" },
    });
    await product.sql("UPDATE sessions SET created_at = now() WHERE id = $1", [ann.actor.sessionId]);
    await expect(ask({ newEmail: ann.email })).rejects.toMatchObject({
      details: { newEmail: "is the address you have" },
    });
    await expect(ask({ newEmail: bob.email })).rejects.toMatchObject({
      code: "conflict",
      details: { newEmail: "is in use" },
    });
  });

  test("is refused where somebody took the address meanwhile", async () => {
    const ann = await product.person();
    const { newEmail, confirm } = await requested(ann);
    await product.person({ email: newEmail });
    await expect(confirmEmailChange(deps(), { token: confirm })).rejects.toMatchObject({ code: "conflict" });
    expect(await accountOf(ann)).toMatchObject({ email: ann.email });
  });
});

describe("the link in the mail to the old address", () => {
  test("stops a change that waits, and signs everybody out", async () => {
    const ann = await product.person();
    const { confirm, undo } = await requested(ann);
    expect(await undoEmailChange(deps(), { token: undo })).toEqual({ email: ann.email });
    await isInvalid(confirmEmailChange(deps(), { token: confirm }));
    await expect.poll(() => product.isSignedIn(ann)).toBe(false);
    await isInvalid(undoEmailChange(deps(), { token: undo }));
  });

  test("brings the old address back after the change", async () => {
    const ann = await product.person();
    const { confirm, undo } = await requested(ann);
    await confirmEmailChange(deps(), { token: confirm });
    await undoEmailChange(deps(), { token: undo });
    expect(await accountOf(ann)).toMatchObject({ email: ann.email, is_verified: true });
    await expect.poll(() => product.isSignedIn(ann)).toBe(false);
  });

  test("takes away accounts elsewhere that were linked since, and no others", async () => {
    const ann = await product.person();
    const link = (provider: string, when: string) =>
      product.sql(
        `INSERT INTO identities (id, user_id, provider, subject, provider_username, created_at)
         VALUES (uuidv7(), $1, $2::identity_provider, $3, 'ann', ${when})`,
        [ann.id, provider, `${ann.id} ${provider}`],
      );
    await link("github", "now() - interval '1 minute'");
    const { undo } = await requested(ann);
    await link("x", "now() + interval '1 minute'");
    await undoEmailChange(deps(), { token: undo });
    const { rows } = await product.sql("SELECT provider FROM identities WHERE user_id = $1", [ann.id]);
    expect(rows).toEqual([{ provider: "github" }]);
  });

  test("cannot where the old address has become another's, and after 24 hours", async () => {
    const [ann, eve] = [await product.person(), await product.person()];
    const first = await requested(ann);
    await confirmEmailChange(deps(), { token: first.confirm });
    await product.person({ email: ann.email });
    await expect(undoEmailChange(deps(), { token: first.undo })).rejects.toMatchObject({ code: "conflict" });
    const { undo } = await requested(eve);
    now = hoursLater(24);
    await isInvalid(undoEmailChange(deps(), { token: undo }));
  });

  test("and the one to the new, opened at once: one of both counts last, and none is lost", async () => {
    const ann = await product.person();
    const { newEmail, confirm, undo } = await requested(ann);
    await Promise.allSettled([
      confirmEmailChange(deps(), { token: confirm }),
      undoEmailChange(deps(), { token: undo }),
    ]);
    const { email } = await accountOf(ann);
    expect(email).toBe(ann.email);
    expect(email).not.toBe(newEmail);
  });
});
