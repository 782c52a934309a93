/** A process of its own that applies a short and an endless-looking migration to the file it is given; tests kill it. */
import { migrate } from "~/database/migrate.ts"
import { BEFORE, LONG } from "./migrations.ts"

migrate(process.argv[2] ?? "", [BEFORE, LONG], 0, `${process.argv[2]}.copy`)
