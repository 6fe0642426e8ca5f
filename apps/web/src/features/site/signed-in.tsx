"use client";
import dynamic from "next/dynamic";
import { Bell } from "@/features/notifications/bell";
import { AccountMenu, type AccountMenuProps } from "./account-menu";

// After the page itself: whether the session still lives is nothing that anybody waits for.
const SessionWatch = dynamic(() => import("@/features/account/session-watch").then((module) => module.SessionWatch), {
  ssr: false,
});

/** The corner of the header for those who are signed in. */
export function SignedIn({ unread, ...menu }: AccountMenuProps & { unread: number }) {
  return (
    <>
      <SessionWatch />
      <Bell unread={unread} />
      <AccountMenu {...menu} />
    </>
  );
}
