"use client";
import type { AppRouter } from "@parley/api";
import { createTRPCReact } from "@trpc/react-query";

/** Typed hooks over every procedure: `trpc.profile.me.useQuery()`. */
export const trpc = createTRPCReact<AppRouter>();
