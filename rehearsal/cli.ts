import { startInterruptible } from "../terminal/interruptible";
import { run } from "./command";

startInterruptible(run);
