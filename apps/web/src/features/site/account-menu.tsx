"use client";
import { signOut } from "next-auth/react";
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from "react-aria-components";
import { Portrait } from "@/components/portrait";

export interface AccountMenuProps {
  person: { displayName: string; avatarUrl: string | null; username: string | null; role: string };
}

const item =
  "block cursor-pointer rounded-md px-3 py-2 text-sm text-ink no-underline outline-none data-[focused]:bg-sunken";

/** One's own pages, behind one's own face. */
export function AccountMenu({ person }: AccountMenuProps) {
  const isHost = person.role === "host" && person.username !== null;
  return (
    <MenuTrigger>
      <Button className="rounded-full">
        <span className="sr-only">Account menu of {person.displayName}</span>
        <Portrait name={person.displayName} url={person.avatarUrl} size={32} />
      </Button>
      <Popover
        placement="bottom end"
        className="w-56 rounded-lg border border-hairline bg-raised p-1.5 entering:animate-[rise_150ms_ease-out]"
      >
        <Menu className="outline-none" aria-label="Account">
          <MenuItem className={item} href="/dashboard">
            Dashboard
          </MenuItem>
          {isHost ? (
            <MenuItem className={item} href={`/${person.username}`}>
              My public page
            </MenuItem>
          ) : (
            <MenuItem className={item} href="/become-a-host">
              Become a host
            </MenuItem>
          )}
          <MenuItem className={item} href="/settings/profile">
            Settings
          </MenuItem>
          {person.role === "admin" && (
            <MenuItem className={item} href="/admin">
              Administration
            </MenuItem>
          )}
          <Separator className="my-1.5 border-t border-hairline" />
          <MenuItem className={item} onAction={() => void signOut({ callbackUrl: "/" })}>
            Sign out
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
