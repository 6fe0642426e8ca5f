import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import { env } from "@/env";
import { readLook } from "@/features/preferences/read-look";
import { SiteFooter } from "@/features/site/site-footer";
import { SiteHeader } from "@/features/site/site-header";
import "./globals.css";

// The letters of nearly all pages, ahead of the style sheet that asks for them; other letters come with that.
const geist = localFont({
  src: "../fonts/geist-text.woff2",
  variable: "--font-geist",
  weight: "400 600",
  display: "swap",
  adjustFontFallback: false,
});
const fraunces = localFont({
  src: "../fonts/fraunces-display.woff2",
  variable: "--font-fraunces",
  weight: "480",
  display: "swap",
  adjustFontFallback: false,
});

export async function generateMetadata(): Promise<Metadata> {
  return {
    metadataBase: new URL(env().webUrl),
    title: { default: "Parley: talk to someone who knows", template: "%s · Parley" },
    description: "Book a one-to-one conversation by the minute with coaches, tutors and people who know their craft.",
    applicationName: "Parley",
    openGraph: { siteName: "Parley", type: "website" },
    twitter: { card: "summary_large_image" },
  };
}

const papers = { light: "#fbfaf7", dark: "#141311" };

export async function generateViewport(): Promise<Viewport> {
  const { theme } = await readLook();
  if (theme !== "system") return { themeColor: papers[theme] };
  return {
    themeColor: [
      { media: "(prefers-color-scheme: light)", color: papers.light },
      { media: "(prefers-color-scheme: dark)", color: papers.dark },
    ],
  };
}

// Every page bears a nonce of its own request.
export const dynamic = "force-dynamic";

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { theme, timezone, locale } = await readLook();
  return (
    // What the reader chose is there from the first byte on: no page is drawn in other colours first.
    <html
      lang="en"
      data-theme={theme}
      data-time-zone={timezone ?? undefined}
      data-locale={locale ?? undefined}
      className={`${geist.variable} ${fraunces.variable}`}
    >
      <body className="flex flex-col">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-md focus:bg-raised focus:px-4 focus:py-2"
        >
          Skip to content
        </a>
        <SiteHeader />
        <main id="main" tabIndex={-1} className="flex-1 outline-none">
          {children}
        </main>
        <SiteFooter />
      </body>
    </html>
  );
}
