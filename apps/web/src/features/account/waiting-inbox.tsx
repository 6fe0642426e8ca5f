"use client";
import dynamic from "next/dynamic";

/** For those who are signed in and wait: most who open the page have the link, and load none of it. */
export const WaitingInbox = dynamic(() => import("./interactive-inbox").then((module) => module.InteractiveInbox));
