import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at, call, type FormPart, textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { picture, type pictures } from "../../testing/small-pictures";
import { detailsOf, profilesIn } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, ["/v1/users/me/avatar"]);
const { person, refused } = contract;
const upload = "PUT /v1/users/me/avatar";
const mebibyte = 1024 * 1024;

const profileOf = profilesIn(contract);
const avatarOf = async (owner: Person) => at(await profileOf(owner), "avatar_url");

/** The PNG with a chunk of zeros that decoders skip, so that the file has `length` bytes. */
function pngOf(length: number): Buffer {
  const png = picture("png");
  const chunk = Buffer.alloc(length - png.length);
  chunk.writeUInt32BE(chunk.length - 12, 0);
  chunk.write("paDd", 4, "latin1");
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

/** Width and height as a JPEG's frame header has them. */
function jpegSize(bytes: Buffer): { width: number; height: number } {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at);
    if (marker >= 0xffc0 && marker <= 0xffc3) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
  }
  throw new Error("there is no frame header");
}

const part = (bytes: Uint8Array, more: { name?: string; type?: string; fileName?: string } = {}): FormPart => ({
  ...{ name: "avatar", fileName: "photo.jpg", type: "image/jpeg" },
  ...more,
  bytes,
});
const served = (url: unknown) => call(contract.test.app, `GET ${new URL(String(url)).pathname}`);

describe("PUT /v1/users/me/avatar", () => {
  it.each(["jpeg", "png", "webp", "gif"] as const)(
    "makes of a %s a JPEG of 512x512, whatever it calls itself",
    async (format) => {
      const owner = await person();
      const form = [part(picture(format), { type: "application/octet-stream", fileName: "../../etc/passwd" })];
      const { json } = await contract.call(200, upload, { token: owner.token, form });
      expect(json).toEqual({
        avatar_url: expect.stringMatching(/^http:\/\/localhost:4000\/objects\/avatars\/[\w/-]+\.jpg$/),
      });
      expect(await avatarOf(owner)).toBe(at(json, "avatar_url"));
      const image = await served(at(json, "avatar_url"));
      expect(image).toMatchObject({ status: 200, contentType: "image/jpeg" });
      expect(jpegSize(image.bytes)).toEqual({ width: 512, height: 512 });
      expect(image.headers["cache-control"]).toContain("immutable");
    },
  );

  it("replaces the one before, which goes once the jobs have run", async () => {
    const owner = await person();
    const put = async (format: keyof typeof pictures) =>
      textAt(
        (await contract.call(200, upload, { token: owner.token, form: [part(picture(format))] })).json,
        "avatar_url",
      );
    const first = await put("jpeg");
    const second = await put("gif");
    expect(second).not.toBe(first);
    expect(await put("gif")).toBe(second);
    await contract.test.runJobs();
    expect((await served(first)).status).toBe(404);
    expect((await served(second)).status).toBe(200);

    await contract.call(204, "DELETE /v1/users/me/avatar", { token: owner.token });
    await contract.call(204, "DELETE /v1/users/me/avatar", { token: owner.token });
    expect(await avatarOf(owner)).toBeNull();
    await contract.test.runJobs();
    expect((await served(second)).status).toBe(404);
  });

  it("takes exactly 5 MB, and not one byte more", async () => {
    const { token } = await person();
    await contract.call(200, upload, { token, form: [part(pngOf(5 * mebibyte))] });
    const answer = await refused(400, "validation_error", upload, { token, form: [part(pngOf(5 * mebibyte + 1))] });
    expect(detailsOf(answer)).toEqual({ avatar: "must be at most 5 MB" });
  });

  it("keeps the old one whenever it refuses, and says why", async () => {
    const owner = await person();
    await contract.call(200, upload, { token: owner.token, form: [part(picture("png"))] });
    const before = await avatarOf(owner);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';
    const noPicture = "must be a JPEG, PNG, WebP or GIF image";
    const refusals: [string, FormPart[]][] = [
      [noPicture, [part(Buffer.from(svg), { type: "image/svg+xml" })]],
      [noPicture, [part(Buffer.from("just text"))]],
      [noPicture, [part(Buffer.from("%PDF-1.7\n%%EOF"))]],
      ["must be a complete, undamaged image file", [part(picture("jpeg").subarray(0, -40))]],
      ["must be a complete, undamaged image file", [part(picture("png").subarray(0, 60))]],
      ["must not be empty", [part(Buffer.alloc(0))]],
      ["must not be empty", [part(Buffer.alloc(0), { fileName: "", type: "application/octet-stream" })]],
      ["must be at most 5 MB", [part(Buffer.alloc(7 * mebibyte))]],
      ["must be given once", [part(picture("jpeg")), part(picture("gif"))]],
      ["must be a file", [{ name: "avatar", value: "photo.jpg" }]],
      ["is required", [part(picture("jpeg"), { name: "photo" })]],
      ["is required", [{ name: "display_name", value: "Jane" }]],
      ["is required", []],
    ];
    for (const [message, form] of refusals) {
      const answer = await refused(400, "validation_error", upload, { token: owner.token, form });
      expect(detailsOf(answer), message).toEqual({ avatar: message });
    }
    await contract.test.runJobs();
    expect(await avatarOf(owner)).toBe(before);
    expect((await served(before)).status).toBe(200);
  });

  it("refuses what is no form, and a form that is damaged", async () => {
    const { token } = await person();
    const put = (status: number, raw: string | Buffer, type: string) =>
      contract.call(status, upload, { token, raw, headers: { "content-type": type } });
    await put(415, "{}", "application/json");
    await put(415, picture("jpeg"), "image/jpeg");
    await contract.call(415, upload, { token });
    await put(400, "nonsense", "multipart/form-data");
    await put(400, "nonsense", "multipart/form-data; boundary=b");
    const head = '--b\r\nContent-Disposition: form-data; name="avatar"; filename="a.jpg"\r\n\r\n';
    await put(400, Buffer.concat([Buffer.from(head), picture("jpeg")]), "multipart/form-data; boundary=b");
  });

  it("asks for one token before it reads the form", async () => {
    const { token } = await person();
    for (const route of [upload, "DELETE /v1/users/me/avatar"]) {
      await refused(401, "unauthorized", route, { form: [part(Buffer.alloc(6 * mebibyte))] });
      await refused(400, "validation_error", `${route}?access_token=x`, { token });
    }
  });

  it("changes nothing but the avatar", async () => {
    const owner = await person();
    const form = [
      { name: "role", value: "admin" },
      { name: "id", value: "01JN2X4K8M3F7QPZRVWT6YBHCE" },
      part(picture("webp")),
    ];
    const before = await profileOf(owner);
    const { json } = await contract.call(200, upload, { token: owner.token, form });
    expect(await profileOf(owner)).toEqual({ ...(before as object), avatar_url: at(json, "avatar_url") });
  });
});
