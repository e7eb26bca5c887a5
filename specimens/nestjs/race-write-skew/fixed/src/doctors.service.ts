import { ConflictException, Injectable, NotFoundException, ServiceUnavailableException } from '@nestjs/common'
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm'
import { Doctor } from './doctor.entity'

const ATTEMPTS = 3

const isSerializationFailure = (error: unknown) =>
  error instanceof QueryFailedError && 'code' in error.driverError && error.driverError.code === '40001'

@Injectable()
export class DoctorsService {
  constructor(private readonly dataSource: DataSource) {}

  list() {
    return this.dataSource.getRepository(Doctor).find({ order: { id: 'ASC' } })
  }

  leave(id: number) {
    return this.serializable(async (manager) => {
      const onCall = await manager.countBy(Doctor, { onCall: true })
      if (onCall < 2) throw new ConflictException('at least one doctor must stay on call')
      const { affected } = await manager.update(Doctor, { id }, { onCall: false })
      if (affected === 0) throw new NotFoundException('no such doctor')
      return { id, onCall: false }
    })
  }

  private async serializable<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        return await this.dataSource.transaction('SERIALIZABLE', work)
      } catch (error) {
        if (!isSerializationFailure(error)) throw error
      }
    }
    throw new ServiceUnavailableException('try again shortly')
  }
}
