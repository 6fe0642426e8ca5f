import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/button-class";
import { env } from "@/env";
import { DirectoryForm } from "@/features/directory/directory-form";
import {
  type DirectoryQuery,
  directoryAddress,
  hostsPerPage,
  readDirectoryQuery,
} from "@/features/directory/directory-query";
import { DirectoryResults } from "@/features/directory/directory-results";
import { StructuredData } from "@/features/site/structured-data";
import { api } from "@/trpc/server";

const sorts = { best: "relevance", rate: "rate_asc", newest: "newest" } as const;

export async function generateMetadata({ searchParams }: PageProps<"/">): Promise<Metadata> {
  const query = await queryOf(searchParams);
  const isSearch = directoryAddress({ ...query, page: 1 }) !== "/";
  return {
    ...(query.q !== "" && { title: `Hosts for “${query.q}”` }),
    alternates: { canonical: isSearch ? "/" : directoryAddress(query) },
    // Of searches there is no end; the pages they lead to are found through the directory itself.
    ...(isSearch && { robots: { index: false, follow: true } }),
  };
}

/**
 * No `loading.tsx` stands beside this page: what it would stream later, readers without scripts would never see. A search
 * shows that it works in its own place.
 */
export default async function HomePage({ searchParams }: PageProps<"/">) {
  const query = await queryOf(searchParams);
  const { q, isAvailable, maxDollars, sort, page } = query;
  const { directory, schedule } = await api();
  const found = await directory.search({
    q,
    available: isAvailable || undefined,
    maxRateCents: maxDollars === null ? undefined : maxDollars * 100,
    sort: sorts[sort],
    page,
    perPage: hostsPerPage,
  });
  const { nextOpenings } = await schedule.nextOpenings({ hostIds: found.items.map(({ id }) => id) });
  return (
    <div className="page-column pt-12 md:pt-20">
      <h1 className="display mb-8 text-3xl md:mb-10 md:text-4xl">Talk to someone who knows.</h1>
      <DirectoryForm query={query}>
        <DirectoryResults query={query} found={found} nextOpenings={nextOpenings} />
      </DirectoryForm>
      <section className="mt-20 flex flex-wrap items-center justify-between gap-x-10 gap-y-5 rounded-lg border border-hairline bg-sunken p-6 md:p-10">
        <div className="min-w-0">
          <h2 className="display text-xl">People already ask you.</h2>
          <p className="mt-1 text-muted">
            Set a price by the minute, say when you are there, and take their calls here.
          </p>
        </div>
        <Link href="/become-a-host" prefetch={false} className={buttonClass({ size: "large" })}>
          Become a host
        </Link>
      </section>
      <StructuredData
        data={{
          "@context": "https://schema.org",
          "@type": "WebSite",
          name: "Parley",
          url: `${env().webUrl}/`,
          potentialAction: {
            "@type": "SearchAction",
            target: { "@type": "EntryPoint", urlTemplate: `${env().webUrl}/?q={search_term_string}` },
            "query-input": "required name=search_term_string",
          },
        }}
      />
    </div>
  );
}

async function queryOf(searchParams: PageProps<"/">["searchParams"]): Promise<DirectoryQuery> {
  const params = await searchParams;
  return readDirectoryQuery((name) => [params[name]].flat()[0]);
}
