import { tryTasksOf } from './try-tasks.ts';

tryTasksOf('repair-and-tune');
