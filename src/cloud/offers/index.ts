export { accountNames } from "./account-names.ts";
