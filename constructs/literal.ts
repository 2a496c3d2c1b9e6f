/** Escapes `${` and `%{`, so that Terraform uses a text unchanged instead of as a template. */
export const literal = (text: string): string => text.replaceAll(/[$%]\{/g, (begin) => `${begin[0]}${begin}`);
