import { endureClosedPipe, start } from "../terminal/start";
import { run } from "./command";

endureClosedPipe();
start(run);
