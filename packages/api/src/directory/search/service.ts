import type { ObjectStorage } from "@parley/object-storage";
import { withAvatarUrl } from "../../profile/service";
import { searchWords } from "./rules";
import { maxListedUsernames, type Search, type SearchPage } from "./schema";
import type { HostSearchStore } from "./store";

export interface SearchDependencies {
  hostSearch: HostSearchStore;
  objects: ObjectStorage;
}

/** Hosts that match, those who are available first. */
export async function searchHosts(deps: SearchDependencies, input: Search): Promise<SearchPage> {
  const { q = "", available, page, perPage, ...query } = input;
  const { items, total } = await deps.hostSearch.search({
    ...query,
    words: searchWords(q),
    isAvailable: available,
    offset: (page - 1) * perPage,
    limit: perPage,
  });
  return { items: items.map((host) => withAvatarUrl(deps, host)), page, perPage, total };
}

/** The usernames of all hosts, for those who read every page: newest first, no more than a sitemap may hold. */
export async function listUsernames(deps: Pick<SearchDependencies, "hostSearch">): Promise<string[]> {
  return deps.hostSearch.usernames(maxListedUsernames);
}
