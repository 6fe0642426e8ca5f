import type { MetadataRoute } from "next";
import { env } from "@/env";

// The address of the site is known where it runs, not where it is built.
export const dynamic = "force-dynamic";

export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: "*", allow: "/", disallow: ["/api/", "/admin", "/bookings", "/dashboard", "/settings"] },
    sitemap: `${env().webUrl}/sitemap.xml`,
  };
}
