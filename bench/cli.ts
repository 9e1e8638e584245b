import { start } from "../terminal/start";
import { run } from "./command";

start(run);
