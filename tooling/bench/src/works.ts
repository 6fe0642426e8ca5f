import sharp from "sharp";
import { type LoadRequest, requestsPerSecond } from "./load";

/** One row of the table: our figure, its peer's, and the ratio we want of them. */
export interface Work {
  name: string;
  unit: string;
  goal: number;
  /** One paired measurement. */
  measure(seconds: number): Promise<{ ours: number; peer: number }>;
}

export interface Addresses {
  rest: string;
  constant: string;
  fastify: string;
  sharp: string;
}

/** The works that are requests a second, ours against a peer. */
export async function loadWorks(at: Addresses, token: string, username: string): Promise<Work[]> {
  const bearer = { Authorization: `Bearer ${token}` };
  const json = { ...bearer, "Content-Type": "application/json" };
  const change = { method: "PUT", headers: json, body: '{"bio":"Executive coach, revision {n}"}' };
  const picture = await photograph();
  const form = multipart(picture);
  return [
    pair("GET /v1/users/{username}", "req/s", 0.7, { url: `${at.rest}/v1/users/${username}` }, { url: at.constant }),
    pair(
      "GET /v1/users/me",
      "req/s",
      0.8,
      { url: `${at.rest}/v1/users/me`, headers: bearer },
      { url: `${at.fastify}/v1/users/me`, headers: bearer },
    ),
    pair(
      "PUT /v1/users/me",
      "req/s",
      0.8,
      { url: `${at.rest}/v1/users/me`, ...change },
      { url: `${at.fastify}/v1/users/me`, ...change },
    ),
    pair(
      "PUT /v1/users/me/avatar, 12 MP JPEG",
      "images/s",
      0.9,
      {
        url: `${at.rest}/v1/users/me/avatar`,
        method: "PUT",
        headers: { ...bearer, "Content-Type": form.type },
        body: form.bytes,
        connections: 8,
      },
      { url: at.sharp, method: "POST", body: picture, connections: 8 },
    ),
  ];
}

function pair(
  name: string,
  unit: string,
  goal: number,
  ours: Omit<LoadRequest, "seconds">,
  peer: Omit<LoadRequest, "seconds">,
): Work {
  return {
    name,
    unit,
    goal,
    async measure(seconds) {
      return {
        ours: await requestsPerSecond({ ...ours, seconds }),
        peer: await requestsPerSecond({ ...peer, seconds }),
      };
    },
  };
}

/** A 12-megapixel JPEG with the detail of a photograph: noise over gradients, so that decoding is real work. */
async function photograph(): Promise<Buffer> {
  const [width, height] = [4000, 3000];
  const noise = { type: "gaussian" as const, mean: 128, sigma: 40 };
  const base = sharp({ create: { width, height, channels: 3, background: "#808080", noise } });
  return base.blur(1.2).jpeg({ quality: 88 }).toBuffer();
}

function multipart(picture: Buffer): { type: string; bytes: Buffer } {
  const boundary = "parley-bench-boundary";
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="avatar"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(head), picture, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
