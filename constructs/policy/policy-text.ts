/** A policy as the server stores it. */
export interface PolicyText {
  readonly name: string;
  /** Policy text in HCL. */
  readonly rules: string;
}
