import path from "node:path";
import type { NextConfig } from "next";
import { hintStart } from "./eager-start";
import { compressAhead, precompressed } from "./precompressed";
import { env } from "./src/env";

const assets = new URL(env().assetsUrl);

const config: NextConfig = {
  // What is served while it is written is never compressed ahead.
  ...(!env().isDevelopment && {
    ...precompressed,
    compiler: {
      async runAfterProductionCompile({ distDir }: { distDir: string }) {
        await hintStart(distDir);
        await compressAhead(distDir);
      },
    },
  }),
  distDir: env().NEXT_DIST_DIR,
  outputFileTracingRoot: path.resolve(import.meta.dirname, "../.."),
  poweredByHeader: false,
  // `npm run typecheck` has checked them, with the same settings.
  typescript: { ignoreBuildErrors: true },
  transpilePackages: ["@parley/api", "@parley/identity-providers"],
  images: {
    remotePatterns: [
      {
        protocol: assets.protocol === "https:" ? "https" : "http",
        hostname: assets.hostname,
        port: assets.port,
        pathname: `${assets.pathname}/**`,
      },
    ],
    dangerouslyAllowLocalIP: assets.hostname === "localhost",
    minimumCacheTTL: 31_536_000,
    imageSizes: [48, 72, 96, 144, 192, 288],
    deviceSizes: [384, 512],
  },
};

export default config;
