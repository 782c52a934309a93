/** By what a company is known at the top of its pages: its picture, its name. Sportello's own where it chose none. */
import type { Look } from "~/brand/rules.ts"
import { Logo } from "../layout/logo.tsx"

/** `folder`: where its files are on this listener. */
export const BrandMark = ({ look, folder = "/brand" }: { look: Look | null; folder?: string }) =>
  look === null ? (
    <Logo />
  ) : (
    <span class="logo">
      {look.logo ? (
        <BrandPicture logo={look.logo} folder={folder} />
      ) : (
        <span class="logo-initial">{initial(look.name)}</span>
      )}
      <span class="logo-name">{look.name}</span>
    </span>
  )

/** The name stands beside it. */
export const BrandPicture = ({ logo, folder = "/brand" }: { logo: NonNullable<Look["logo"]>; folder?: string }) => (
  <img class="logo-picture" src={`${folder}/${logo.file}`} width={logo.width} height={logo.height} alt="" />
)

const initial = (name: string): string => [...name][0]?.toLocaleUpperCase() ?? ""
