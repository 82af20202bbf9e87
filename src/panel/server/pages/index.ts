export { addPages } from "./pages.ts";
export { addSecurityHeaders, type Transport } from "./security-headers.ts";
