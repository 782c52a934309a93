/**
 * What `@peculiar/x509` expects to be there before it is loaded. A module of its own: in a compiled binary the packages
 * that a lazily loaded module imports itself are not evaluated in the order of their imports (Bun 1.4.5).
 */
import "reflect-metadata"
