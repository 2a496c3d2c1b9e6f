import { platformCommand } from './platform-command';
import { runCommand } from './run-command';

void runCommand(platformCommand());
