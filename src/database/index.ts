export { type Cell, Database, identifier, literal, type Parameters } from "./database.ts";
