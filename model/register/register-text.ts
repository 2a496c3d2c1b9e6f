/** Path of the register, relative to the inventory. */
export const registerPath = 'names.yaml';

/** Begins the file. */
export const registerHeader = `# yaml-language-server: $schema=schema/names.schema.json
# Names on servers that do not follow from the inventory, and names of tenants that left. The platform team reviews changes.
`;
