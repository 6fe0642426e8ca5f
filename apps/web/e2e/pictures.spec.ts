import type { Page } from "@playwright/test";
import { newHost, newMember } from "./fixtures/people";
import { pngOf } from "./fixtures/pictures";
import { expect, test } from "./fixtures/test";
import { untilDrawn } from "./fixtures/visit";

// Playwright's recorder fetches pictures at blob: addresses from within the page, which our policy refuses.
test.use({ trace: "off" });

const red = [200, 30, 30] as const;
const blue = [30, 30, 200] as const;

test("a picture is cropped by keyboard alone, uploaded, seen by visitors, and removed", async ({
  page,
  signedIn,
  openBrowser,
}) => {
  const host = await newHost();
  await signedIn(host);
  await page.goto("/settings/profile");
  await choosePicture(page, { name: "face.png", mimeType: "image/png", buffer: pngOf(red, blue) });
  // Zoomed in and moved to the right, so that only the left half is shown.
  const zoom = page.getByRole("slider", { name: "Zoom" });
  for (let press = 0; press < 40; press += 1) await zoom.press("ArrowRight");
  const part = page.getByRole("group", { name: /Shown part of the picture/ });
  for (let press = 0; press < 80; press += 1) await part.press("ArrowRight");
  await page.getByRole("button", { name: "Save picture" }).click();
  await expect(page.getByText("Picture saved.")).toBeVisible();

  const visitor = await (await openBrowser()).newPage();
  await visitor.goto(`/${host.username}`);
  await untilDrawn(visitor);
  const portrait = visitor.getByRole("main").locator("header img");
  expect(await colourOf(visitor, await portrait.screenshot())).toBe("red");

  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Picture removed.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a picture" })).toBeVisible();
  await visitor.reload();
  await expect(portrait).toHaveCount(0);
});

test("the browser refuses what is no picture, or too large, before it is sent", async ({ page, signedIn }) => {
  await signedIn(await newMember());
  await page.goto("/settings/profile");
  await choosePicture(page, { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Not a face.") });
  await expect(page.getByText("Choose a JPEG, PNG, WebP or GIF image.")).toBeVisible();
  const tooMuch = Buffer.alloc(5 * 1024 * 1024 + 1);
  await choosePicture(page, { name: "face.png", mimeType: "image/png", buffer: tooMuch });
  await expect(page.getByText("This picture is larger than 5 MB.")).toBeVisible();
  await choosePicture(page, { name: "face.png", mimeType: "image/png", buffer: Buffer.from("damaged") });
  await expect(page.getByText("This picture could not be read.", { exact: false })).toBeVisible();
});

async function choosePicture(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /Add a picture|Change picture/ }).click();
  await (await chooser).setFiles(file);
}

/** The colour that fills a picture from side to side; "mixed" where its sides differ. */
async function colourOf(page: Page, png: Buffer): Promise<string> {
  const source = `data:image/png;base64,${png.toString("base64")}`;
  return page.evaluate(async (src) => {
    const picture = new Image();
    picture.src = src;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext("2d");
    context?.drawImage(picture, 0, 0);
    const at = (x: number) => context?.getImageData(x, picture.height / 2, 1, 1).data ?? [];
    const colours = [at(4), at(picture.width - 4)].map(([r = 0, , b = 0]) => (r > b ? "red" : "blue"));
    return colours[0] === colours[1] ? (colours[0] ?? "mixed") : "mixed";
  }, source);
}
