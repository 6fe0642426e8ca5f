/** Two people who speak with each other. Browsers ask for it on every page, and log a fault where there is none. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28" fill="none" stroke="#0b5d4b" stroke-width="2.8" stroke-linecap="round"><path d="M12 4.5a9.5 9.5 0 1 0 0 19"/><path d="M16 9a5 5 0 1 1 0 10"/></svg>`;
