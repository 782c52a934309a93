declare module "*.mp4" {
  const path: string
  export default path
}
declare module "*.jpg" {
  const path: string
  export default path
}
declare module "*.pdf" {
  const path: string
  export default path
}
declare module "*.webp" {
  const path: string
  export default path
}
declare module "*.ogg" {
  const path: string
  export default path
}
