export { contentEvidence, type Evidence, linearEvidence, transitionEvidence } from "./evidence.ts";
