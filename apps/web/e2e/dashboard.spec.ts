import { newHost, newMember } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

test("a host goes online, and the server confirms it", async ({ page, signedIn, openBrowser }) => {
  const host = await newHost();
  await signedIn(host);
  await page.goto("/dashboard");
  const answered = page.waitForResponse(/hostOnboarding\.setAvailable/);
  await page.getByRole("switch", { name: "You are offline" }).press("Space");
  await expect(page.getByRole("switch", { name: "You are online" })).toBeChecked();
  await answered;

  const elsewhere = await openBrowser({}, host);
  const other = await elsewhere.newPage();
  await other.goto("/dashboard");
  await expect(other.getByRole("switch", { name: "You are online" })).toBeChecked();
});

test("a host who cannot be taken online is told so, and stays offline", async ({ page, signedIn }) => {
  await signedIn(await newHost());
  await page.goto("/dashboard");
  await page.route(/hostOnboarding\.setAvailable/, (route) => route.abort());
  await page.getByText("You are offline").click();
  await expect(page.getByText("You are still offline.")).toBeVisible();
  await expect(page.getByRole("switch", { name: "You are offline" })).not.toBeChecked();
});

test("the link to share is copied, and shown as a code to scan", async ({ page, signedIn, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const host = await newHost();
  await signedIn(host);
  await page.goto("/dashboard");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  const address = `${baseURL}/${host.username}`;
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);

  const opener = page.getByRole("button", { name: "QR code" });
  await opener.click();
  await expect(page.getByRole("img", { name: `QR code of ${address}` })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
});

test("the checklist leads to what is missing", async ({ page, signedIn }) => {
  await signedIn(await newHost());
  await page.goto("/dashboard");
  await expect(page.getByRole("progressbar", { name: "Profile" })).toHaveAttribute("aria-valuenow", "0.8");
  await page.getByRole("link", { name: /Add a picture/ }).click();
  await expect(page).toHaveURL(/\/settings\/profile$/);
});

test("the week is shown in the zone of whoever looks", async ({ openBrowser }) => {
  const host = await newHost();
  // Nine to five in UTC; neither zone has summer time.
  const tokyo = await (await openBrowser({ timezoneId: "Asia/Tokyo" }, host)).newPage();
  await tokyo.goto("/dashboard");
  await expect(tokyo.getByText("Times in Asia / Tokyo, GMT+9")).toBeVisible();
  await expect(tokyo.getByText("18:00 – 02:00").first()).toBeVisible();
  const phoenix = await (await openBrowser({ timezoneId: "America/Phoenix" }, host)).newPage();
  await phoenix.goto("/dashboard");
  await expect(phoenix.getByText("02:00 – 10:00").first()).toBeVisible();
});

test("someone who is no host is invited to become one", async ({ page, signedIn }) => {
  await signedIn(await newMember());
  await page.goto("/dashboard");
  await expect(page.getByText("Your address is verified. Next comes your age.")).toBeVisible();
  await expect(page.getByRole("switch")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("link", { name: "Go on where you were" })).toHaveAttribute(
    "href",
    "/become-a-host",
  );
});
