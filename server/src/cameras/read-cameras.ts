import { CamerasFile, readConfigText, type CameraEntry } from '@skerry/contract'

/** @throws Error of one line that names the field at fault and what it must be */
export const readCameras = (text: string): CameraEntry[] => readConfigText(text, CamerasFile).cameras
