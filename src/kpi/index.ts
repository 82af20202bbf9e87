export { measureStage } from "./measure-stage.ts";
