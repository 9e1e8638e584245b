/** The day on which tests judge waivers: a waiver that ends must not end what tests prove of the program. */
export const today = "2026-11-22";
