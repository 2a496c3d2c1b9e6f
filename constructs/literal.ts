/** A text that Terraform is to take as it is: in it, `${` and `%{` would begin what Terraform fills in. */
export const literal = (text: string): string => text.replaceAll(/[$%]\{/g, (begin) => `${begin[0]}${begin}`);
